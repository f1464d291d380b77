from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from support.pictures import noise, save

from streamscope_training.data import decode as decode_module
from streamscope_training.data.decode import (
    EVALUATION_RULES,
    TRAINING_RULES,
    DecodeRules,
    UnusablePhoto,
    centre,
    decode,
    is_grey,
    scaled_size,
    square,
)

COLOURS = noise(90, 70)
GREY = np.repeat(COLOURS[:, :, :1], 3, axis=2)


def reason(file: Path, rules: DecodeRules = TRAINING_RULES) -> str | None:
    try:
        decode(str(file), rules)
    except UnusablePhoto as unusable:
        return unusable.reason
    return None


def pixels(file: Path, rules: DecodeRules = EVALUATION_RULES) -> np.ndarray:
    image = decode(str(file), rules)
    assert image.mode == "RGB"
    return np.asarray(image)


@pytest.mark.parametrize("suffix", ["png", "bmp", "webp"])
def test_lossless_files_give_their_pixels(tmp_path: Path, suffix: str) -> None:
    options = {"lossless": True} if suffix == "webp" else {}
    assert np.array_equal(pixels(save(tmp_path / f"a.{suffix}", COLOURS, **options)), COLOURS)


@pytest.mark.parametrize("mode", ["CMYK", "RGBA", "P"])
def test_other_modes_are_converted_as_pillow_does(tmp_path: Path, mode: str) -> None:
    file = tmp_path / ("a.jpg" if mode == "CMYK" else "a.png")
    Image.fromarray(COLOURS).convert(mode).save(file)
    with Image.open(file) as image:
        assert image.mode == mode
        assert np.array_equal(pixels(file), np.asarray(image.convert("RGB")))


def test_transparency_is_dropped_from_palettes_too(tmp_path: Path) -> None:
    image = Image.fromarray(COLOURS).convert("P")
    image.save(tmp_path / "opaque.png")
    image.save(tmp_path / "clear.png", transparency=bytes(range(256)))
    assert np.array_equal(pixels(tmp_path / "clear.png"), pixels(tmp_path / "opaque.png"))


def test_the_exif_orientation_is_not_applied(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = save(tmp_path / "turned.png", COLOURS, exif=exif)
    with Image.open(turned) as image:
        assert image.getexif()[0x0112] == 6
    assert np.array_equal(pixels(turned), COLOURS)


def test_the_first_frame_of_an_animation_counts(tmp_path: Path) -> None:
    frames = [Image.fromarray(noise(90, 70, seed)) for seed in range(3)]
    frames[0].save(tmp_path / "a.webp", save_all=True, append_images=frames[1:], lossless=True)
    with Image.open(tmp_path / "a.webp") as image:
        assert getattr(image, "n_frames", 1) == 3
    assert np.array_equal(pixels(tmp_path / "a.webp"), noise(90, 70, 0))


def test_the_first_picture_of_a_cameras_mpo_counts(tmp_path: Path) -> None:
    first = Image.open(save(tmp_path / "first.jpg", COLOURS))
    first.save(tmp_path / "a.jpg", format="MPO", save_all=True, append_images=[Image.new("RGB", (90, 70))])
    with Image.open(tmp_path / "a.jpg") as image:
        assert image.format == "MPO"
        assert np.array_equal(pixels(tmp_path / "a.jpg"), np.asarray(image.convert("RGB")))


def test_sixteen_bits_of_grey_keep_the_upper_eight(tmp_path: Path) -> None:
    wide = (np.arange(80 * 80, dtype=np.uint16) * 10).reshape(80, 80)
    Image.fromarray(wide).save(tmp_path / "a.png")
    assert reason(tmp_path / "a.png") == "grey"
    assert np.array_equal(pixels(tmp_path / "a.png")[:, :, 1], wide >> 8)


def test_broken_files_are_named_wherever_they_are_cut(tmp_path: Path) -> None:
    for suffix in ("jpg", "png", "webp", "bmp"):
        whole = save(tmp_path / f"whole.{suffix}", COLOURS).read_bytes()
        cut = tmp_path / f"cut.{suffix}"
        for share in (0, 0.01, 0.3, 0.6, 0.9):
            cut.write_bytes(whole[: int(len(whole) * share)])
            assert reason(cut) == "broken", (suffix, share)


def test_other_files_under_an_images_name_are_broken(tmp_path: Path) -> None:
    (tmp_path / "page.jpg").write_text("<html></html>")
    (tmp_path / "postscript.png").write_text(
        "%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 90 90\n%%EndComments\n"
    )
    assert [reason(tmp_path / name) for name in ("page.jpg", "postscript.png")] == ["broken", "broken"]


def test_a_damaged_picture_is_broken(tmp_path: Path) -> None:
    whole = bytearray(save(tmp_path / "a.png", COLOURS).read_bytes())
    whole[whole.index(b"IDAT") + 40] ^= 0xFF
    (tmp_path / "a.png").write_bytes(whole)
    assert reason(tmp_path / "a.png") == "broken"


def test_missing_and_unreadable_files_are_named(tmp_path: Path) -> None:
    assert reason(tmp_path / "gone.jpg") == "missing"
    assert reason(save(tmp_path / "a.png", COLOURS) / "inside.jpg") == "missing"
    os.mkdir(tmp_path / "folder.jpg")
    assert reason(tmp_path / "folder.jpg") == "unreadable"


@pytest.mark.parametrize(
    ("width", "height", "expected"), [(64, 64, None), (63, 900, "tiny"), (900, 63, "tiny")]
)
def test_the_short_side_decides_what_is_tiny(
    tmp_path: Path, width: int, height: int, expected: str | None
) -> None:
    file = save(tmp_path / "a.png", noise(width, height))
    assert reason(file) == expected
    assert reason(file, EVALUATION_RULES) is None


def png_of_size(width: int, height: int) -> bytes:
    """A PNG that claims a size, and has no pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize(
    ("width", "height"), [(8000, 10_001), (9500, 9500), (60_000, 60_000), (2_000_000, 64), (1, 2000)]
)
def test_huge_photos_are_not_decoded(tmp_path: Path, width: int, height: int) -> None:
    (tmp_path / "a.png").write_bytes(png_of_size(width, height))
    assert reason(tmp_path / "a.png", DecodeRules(min_side=1)) == "huge"


@pytest.mark.filterwarnings("error::PIL.Image.DecompressionBombWarning")
def test_pillows_warning_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png_of_size(9500, 9500))
    assert reason(tmp_path / "a.png") == "huge"


@pytest.mark.parametrize("needs_memory", ["_to_rgb", "is_grey"])
def test_photos_that_memory_does_not_hold_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, needs_memory: str
) -> None:
    def refuse(image: Image.Image) -> None:
        raise MemoryError

    monkeypatch.setattr(decode_module, needs_memory, refuse)
    assert reason(save(tmp_path / "a.png", COLOURS)) == "too large for memory"


@pytest.mark.parametrize("mode", ["1", "L", "LA"])
def test_grey_modes_are_grey(tmp_path: Path, mode: str) -> None:
    Image.fromarray(COLOURS).convert(mode).save(tmp_path / "a.png")
    assert reason(tmp_path / "a.png") == "grey"
    assert reason(tmp_path / "a.png", DecodeRules(grey="keep")) is None


@pytest.mark.parametrize("suffix", ["jpg", "webp"])
@pytest.mark.parametrize("quality", [1, 30, 75, 95])
@pytest.mark.parametrize("seed", range(3))
def test_grey_stored_in_colour_is_grey_at_any_quality(
    tmp_path: Path, suffix: str, quality: int, seed: int
) -> None:
    rough = np.random.default_rng(seed).integers(0, 256, (70, 90, 1), dtype=np.uint8)
    for number, grey in enumerate((GREY, np.repeat(rough, 3, axis=2))):
        once = save(tmp_path / f"{number}.{suffix}", grey, quality=quality)
        twice = save(tmp_path / f"{number}-again.jpg", pixels(once), quality=quality)
        assert (reason(once), reason(twice)) == ("grey", "grey")


def test_a_little_colour_is_colour() -> None:
    spot = GREY.copy()
    spot[3, 4] = (100, 104, 102)
    assert is_grey(Image.fromarray(spot))
    for channel in range(3):
        spot[3, 4] = 100
        spot[3, 4, channel] = 105
        assert not is_grey(Image.fromarray(spot))
        spot[3, 4, channel] = 95
        assert not is_grey(Image.fromarray(spot))


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (500, 375, (341, 256)),
        (375, 500, (256, 341)),
        (256, 256, (256, 256)),
        (100, 100, (256, 256)),
        (64, 641, (256, 2564)),
    ],
)
def test_the_short_side_becomes_256(width: int, height: int, expected: tuple[int, int]) -> None:
    assert scaled_size(width, height) == expected


@pytest.mark.parametrize("long", [256, 257, 258, 259, 260, 287, 288, 289, 341, 500, 643])
@pytest.mark.parametrize("upright", [False, True])
def test_the_centre_of_the_square_is_finns_crop(long: int, upright: bool) -> None:
    width, height = (256, long) if upright else (long, 256)
    photo = noise(width * 2, height * 2)
    scaled = np.asarray(Image.fromarray(photo).resize((width, height), Image.Resampling.BILINEAR))
    left, top = round((width - 224) / 2), round((height - 224) / 2)
    expected = scaled[top : top + 224, left : left + 224]
    assert np.array_equal(centre(square(Image.fromarray(photo)), 224), expected)


def test_a_square_of_256_is_left_as_it_is() -> None:
    photo = noise(256, 256)
    assert np.array_equal(square(Image.fromarray(photo)), photo)
