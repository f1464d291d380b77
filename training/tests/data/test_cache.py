from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from support.pictures import folder_of, noise, save

from streamscope_training.data import cache
from streamscope_training.data.cache import PHOTO_BYTES, CachedPhotos, cached
from streamscope_training.data.decode import EVALUATION_RULES, TRAINING_RULES, DecodeRules, square
from streamscope_training.data.held_file import create_held
from streamscope_training.data.scan import scan
from streamscope_training.data.skips import Skip
from streamscope_training.errors import TrainingError


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = folder_of(tmp_path / "photos", "a.png", "b/c.png", "d.png")
    save(folder / "grey.png", np.full((80, 80, 3), 7, dtype=np.uint8))
    save(folder / "tiny.png", noise(9, 80))
    (folder / "broken.jpg").write_bytes(b"")
    return folder


def read(photos: Path, rules: DecodeRules = TRAINING_RULES, **options: Any) -> CachedPhotos:
    return cached(photos.parent / "cache", scan([photos]).photos, rules, **options)


def made(photos: Path) -> list[str]:
    return sorted(file.name for file in (photos.parent / "cache").iterdir())


def test_a_cache_has_the_squares_of_usable_photos_and_names_the_others(photos: Path) -> None:
    steps: list[tuple[int, int]] = []
    found = read(photos, progress=lambda done, total: steps.append((done, total)))
    assert [photo.path for photo in found.photos] == ["a.png", "b/c.png", "d.png"]
    assert found.skipped == (Skip("broken.jpg", "broken"), Skip("grey.png", "grey"), Skip("tiny.png", "tiny"))
    assert found.squares.shape == (3, 256, 256, 3)
    for index, photo in enumerate(found.photos):
        with Image.open(photo.file) as image:
            assert np.array_equal(found.read(index), square(image))
    assert steps == [(done, 6) for done in range(1, 7)]


def test_a_cache_that_fits_is_used_again_without_decoding(
    photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read(photos)
    monkeypatch.setattr(cache, "decode_squares", None)
    again = read(photos)
    assert np.array_equal(first.squares, again.squares)
    assert (first.photos, first.skipped) == (again.photos, again.skipped)


def test_a_copy_elsewhere_with_its_times_has_the_same_cache(
    photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(photos)
    os.rename(photos, photos.parent / "moved")
    monkeypatch.setattr(cache, "decode_squares", None)
    moved = read(photos.parent / "moved")
    assert moved.photos[0].file == str(photos.parent / "moved/a.png")


def change_time(photos: Path) -> None:
    os.utime(photos / "a.png", ns=(1, 1))


def add(photos: Path) -> None:
    save(photos / "e.png", noise(70, 70, 9))


def remove(photos: Path) -> None:
    (photos / "d.png").unlink()


def replace(photos: Path) -> None:
    save(photos / "a.png", noise(99, 99, 9))


def cut_squares(photos: Path) -> None:
    (squares,) = (photos.parent / "cache").glob("photos-*.npy")
    squares.write_bytes(squares.read_bytes()[:-1])


def cut_index(photos: Path) -> None:
    index = photos.parent / "cache/index.json"
    index.write_text(index.read_text("utf-8")[:-9], "utf-8")


def other_format(photos: Path) -> None:
    index = photos.parent / "cache/index.json"
    index.write_text(json.dumps({**json.loads(index.read_text("utf-8")), "format": 0}), "utf-8")


def no_index(photos: Path) -> None:
    (photos.parent / "cache/index.json").unlink()


def strange_index(photos: Path) -> None:
    (photos.parent / "cache/index.json").write_text("[]", "utf-8")


@pytest.mark.parametrize(
    "spoil",
    [change_time, add, remove, replace, cut_squares, cut_index, other_format, no_index, strange_index],
)
def test_a_cache_that_does_not_fit_is_made_anew(photos: Path, spoil: Any) -> None:
    read(photos)
    before = made(photos)
    spoil(photos)
    again = read(photos)
    assert made(photos) != before
    assert len(again.photos) == len(again.squares) == 3 + (spoil is add) - (spoil is remove)
    with Image.open(photos / "a.png") as image:
        assert np.array_equal(again.read(0), square(image))


def test_other_rules_make_it_anew(photos: Path) -> None:
    read(photos)
    kept = read(photos, EVALUATION_RULES)
    assert [photo.path for photo in kept.photos] == ["a.png", "b/c.png", "d.png", "grey.png", "tiny.png"]
    assert len(made(photos)) == 2


def test_a_file_that_could_not_be_read_is_tried_again(photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = scan([photos]).photos
    os.rename(photos / "a.png", photos / "hidden")
    folder = photos.parent / "cache"
    assert Skip("a.png", "missing") in cached(folder, found, TRAINING_RULES).skipped
    os.rename(photos / "hidden", photos / "a.png")
    assert cached(folder, found, TRAINING_RULES).photos[0].path == "a.png"


def test_the_file_that_another_run_fills_stays(photos: Path) -> None:
    (photos.parent / "cache").mkdir()
    with create_held(photos.parent / "cache/photos-live.npy") as growing:
        growing.write(b"half")
        growing.flush()
        read(photos)
        assert "photos-live.npy" in made(photos)


KILLED = """
import sys
from pathlib import Path
from streamscope_training.data.cache import cached
from streamscope_training.data.decode import TRAINING_RULES
from streamscope_training.data.scan import scan

def stop(done, total):
    print(done, flush=True)
    sys.stdin.read()

photos, cache = map(Path, sys.argv[1:])
cached(cache, scan([photos]).photos, TRAINING_RULES, progress=stop)
"""


def test_what_a_killed_run_left_goes_at_the_next_start(photos: Path) -> None:
    arguments = [sys.executable, "-c", KILLED, str(photos), str(photos.parent / "cache")]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "1\n"
        process.kill()
        process.wait(timeout=300)
    (left,) = made(photos)
    assert len(read(photos).photos) == 3
    assert left not in made(photos)
    assert len(made(photos)) == 2


class FullDisk(io.FileIO):
    """A file on a disk that takes two photos."""

    left = 2 * PHOTO_BYTES + 1000

    def write(self, data: Any) -> int:
        self.left -= memoryview(data).nbytes
        if self.left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(data)


def test_a_disk_that_fills_up_is_a_sentence_and_leaves_nothing(
    photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "create_held", lambda file: FullDisk(file, "xb"))
    with pytest.raises(
        TrainingError,
        match=r"^The disk is full: .* needs 0\.0 GB for 6 decoded photos\..* \(--cache FOLDER\)",
    ):
        read(photos)
    assert made(photos) == []


def test_a_disk_that_refuses_the_index_leaves_nothing(photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(old: Path, new: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(TrainingError, match=r"cannot be written to .*: the disk can only be read\.$"):
        read(photos)
    assert made(photos) == []


def test_a_disk_without_room_is_refused_before_any_photo_is_decoded(
    photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = 6 * PHOTO_BYTES - 1

    monkeypatch.setattr(cache.shutil, "disk_usage", lambda folder: Usage)
    monkeypatch.setattr(cache, "decode_squares", None)
    with pytest.raises(TrainingError, match="The disk is full"):
        read(photos)


def test_an_interrupted_run_leaves_no_cache(photos: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(photos, progress=stop)
    assert made(photos) == []
    assert len(read(photos).photos) == 3


def test_a_cache_folder_that_cannot_be_is_a_sentence(photos: Path) -> None:
    (photos.parent / "cache").write_text("a file")
    with pytest.raises(TrainingError, match=r"The cache of photos cannot be written to .*exists"):
        read(photos)


def test_photos_of_which_none_can_be_used_are_refused(tmp_path: Path) -> None:
    save(tmp_path / "photos/grey.png", np.full((80, 80, 3), 7, dtype=np.uint8))
    (tmp_path / "photos/broken.png").write_bytes(b"")
    with pytest.raises(
        TrainingError, match=r"None of the photos can be used\. Skipped 2 photos \(1 broken, 1 grey\)"
    ):
        read(tmp_path / "photos")
    assert made(tmp_path / "photos") == []
