from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from support.pictures import folder_of, noise, photos_named, save

from streamscope_training.data.cache import CachedPhotos
from streamscope_training.data.decode import TRAINING_RULES
from streamscope_training.data.lookalikes import lookalikes, write_lookalikes
from streamscope_training.data.photo_set import PhotoSet, open_photos
from streamscope_training.data.source import StreamedPhotos
from streamscope_training.errors import TrainingError

Square = NDArray[np.uint8]


def picture(seed: int) -> Square:
    return noise(256, 256, seed)


def decoded(**squares: Square) -> PhotoSet:
    """A set of squares by the paths of their photos."""
    return PhotoSet(CachedPhotos(photos_named(*squares), (), np.stack(list(squares.values()))))


def mixed(one: Square, other: Square, share: float) -> Square:
    return ((1 - share) * one + share * other.astype(float)).astype(np.uint8)


def test_copies_encoded_anew_are_found_in_the_order_of_the_sets(tmp_path: Path) -> None:
    folder_of(tmp_path / "dev", "a.png", "b.png", "c.png", width=300, height=280)
    a, c = (Image.open(tmp_path / "dev" / name) for name in ("a.png", "c.png"))
    save(tmp_path / "web" / "1.jpg", np.asarray(c.resize((150, 140))), quality=40)
    save(tmp_path / "web" / "2.webp", np.asarray(a), quality=40)
    save(tmp_path / "web" / "3.png", noise(300, 280, seed=9))
    save(tmp_path / "web" / "4.jpg", np.asarray(a), quality=20)
    dev, web = (open_photos([tmp_path / name], cache=tmp_path / f"{name}-cache") for name in ("dev", "web"))
    assert lookalikes(dev, web) == [("a.png", "2.webp"), ("a.png", "4.jpg"), ("c.png", "1.jpg")]


@pytest.mark.parametrize(
    "copy",
    [
        picture(1)[:, ::-1],
        mixed(picture(1), np.zeros_like(picture(1)), 0.5),
        mixed(picture(1), np.full_like(picture(1), 255), 0.5),
        mixed(picture(1), picture(2), 0.1),
    ],
    ids=["mirrored", "darker", "brighter", "with another one faintly over it"],
)
def test_a_copy_may_be(copy: Square) -> None:
    assert lookalikes(decoded(a=picture(1)), decoded(other=picture(3), copy=copy)) == [("a", "copy")]


@pytest.mark.parametrize(
    "other",
    [picture(2), picture(1)[::-1], mixed(picture(1), picture(2), 0.3), 255 - picture(1)],
    ids=["another one", "upside down", "with another one over it", "negative"],
)
def test_what_is_no_copy(other: Square) -> None:
    assert lookalikes(decoded(a=picture(1)), decoded(other=other)) == []


def plain(*colour: int) -> Square:
    return np.broadcast_to(np.array(colour, np.uint8), (256, 256, 3)).copy()


def test_flat_pictures_look_like_nothing() -> None:
    nearly = plain(200, 30, 30)
    nearly[128:] += 1
    pictures = decoded(red=plain(200, 30, 30), white=plain(255, 255, 255), nearly=nearly)
    assert lookalikes(pictures, pictures) == []


def test_a_common_colour_is_no_likeness() -> None:
    one, other = (mixed(plain(220, 140, 10), picture(seed), 0.1) for seed in (1, 2))
    assert lookalikes(decoded(one=one), decoded(one=one, other=other)) == [("one", "one")]


@pytest.mark.parametrize("place", [0, 255, 256, 299])
def test_every_photo_of_large_sets_is_looked_at(place: int) -> None:
    # Zeros take no memory until they are written to.
    squares = np.zeros((300, 256, 256, 3), np.uint8)
    squares[place] = picture(1)
    names = [f"{number}" for number in range(300)]
    large = PhotoSet(CachedPhotos(photos_named(*names), (), squares))
    single = decoded(a=picture(1))
    assert lookalikes(single, large) == [("a", f"{place}")]
    assert lookalikes(large, single) == [(f"{place}", "a")]


def test_photos_decoded_as_needed_are_not_read() -> None:
    # There are no such files: to read one would be an error.
    streamed = PhotoSet(StreamedPhotos(photos_named("a", "b"), TRAINING_RULES))
    single = decoded(a=picture(1))
    assert lookalikes(single, streamed) == lookalikes(streamed, single) == []


@pytest.mark.parametrize(
    ("pairs", "lines"),
    [
        ([], []),
        ([("a.png", "sub/b.png"), ("a, b.png", "\udcff.png")], [b"a.png,sub/b.png", b'"a, b.png",\xff.png']),
    ],
)
def test_the_table_of_pairs(tmp_path: Path, pairs: Sequence[tuple[str, str]], lines: list[bytes]) -> None:
    write_lookalikes(tmp_path / "table.csv", pairs)
    assert (tmp_path / "table.csv").read_bytes().splitlines() == [b"evaluation,learned_from", *lines]


def test_a_table_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"Cannot write .*table\.csv: there is no such file or folder\."):
        write_lookalikes(tmp_path / "absent" / "table.csv", [])
