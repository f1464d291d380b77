from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from support.pictures import folder_of, noise, save

from streamscope_training.data.cache import CachedPhotos
from streamscope_training.data.classes import Classes
from streamscope_training.data.photo_set import PhotoSet, fingerprint, open_photos
from streamscope_training.data.skips import Skip
from streamscope_training.data.source import StreamedPhotos
from streamscope_training.errors import TrainingError

CLASSES = Classes(("tench", "goldfish", "crane"))


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    return folder_of(tmp_path / "photos", "crane/a.png", "goldfish/b.png", "tench/c.png", "loose.png")


def labels(found: PhotoSet) -> list[int]:
    assert found.labels is not None
    assert found.labels.dtype == np.int64
    return [int(label) for label in found.labels]


def test_labels_go_with_the_photos_that_are_left(photos: Path) -> None:
    (photos / "goldfish/b.png").write_bytes(b"")
    os.symlink(photos / "gone.png", photos / "link.png")
    found = open_photos([photos], cache=photos.parent / "cache", labels="folders", classes=CLASSES)
    assert isinstance(found.source, CachedPhotos)
    assert [photo.path for photo in found.source.photos] == ["crane/a.png", "tench/c.png"]
    assert labels(found) == [2, 0]
    assert found.skipped == [
        Skip("link.png", "missing"),
        Skip("loose.png", "no label"),
        Skip("goldfish/b.png", "broken"),
    ]
    assert len(found) == 2


def test_labels_by_a_list(photos: Path) -> None:
    (photos.parent / "list.csv").write_text("file,class_name\nloose.png,crane\na.png,tench\na.png,tench\n")
    found = open_photos([photos], cache=None, labels=photos.parent / "list.csv", classes=CLASSES)
    assert [photo.path for photo in found.source.photos] == ["crane/a.png", "loose.png"]
    assert labels(found) == [0, 2]
    assert [note.endswith("names 'a.png' more than once.") for note in found.notes] == [True]


def test_without_labels_every_photo_counts(photos: Path) -> None:
    found = open_photos([photos], cache=photos.parent / "cache", exclude=["crane"])
    assert found.labels is None
    assert [photo.path for photo in found.source.photos] == ["goldfish/b.png", "loose.png", "tench/c.png"]


def test_a_set_too_large_to_cache_is_streamed(photos: Path) -> None:
    four_photos_gb = 4 * 256 * 256 * 3 / 1e9
    cache = photos.parent / "cache"
    streamed = open_photos([photos], cache=cache, cache_limit_gb=four_photos_gb * 0.99)
    assert isinstance(streamed.source, StreamedPhotos)
    assert not cache.exists()
    kept = open_photos([photos], cache=cache, cache_limit_gb=four_photos_gb)
    assert isinstance(kept.source, CachedPhotos)


def test_photos_without_any_label_are_refused(tmp_path: Path) -> None:
    folder_of(tmp_path, "a.png")
    with pytest.raises(TrainingError, match="None of the photos has a label"):
        open_photos([tmp_path], cache=None, labels="folders", classes=CLASSES)


def mark(folder: Path, *, labelled: bool = False) -> str:
    return fingerprint(
        open_photos([folder], cache=None, labels="folders" if labelled else None, classes=CLASSES)
    )


def test_the_fingerprint_is_of_paths_sizes_and_labels(photos: Path) -> None:
    first = mark(photos)
    copy = photos.parent / "copy"
    shutil.copytree(photos, copy)
    os.utime(copy / "loose.png", (1, 1))
    assert mark(copy) == first
    assert mark(copy, labelled=True) != first

    os.rename(copy / "loose.png", copy / "looser.png")
    renamed = mark(copy)
    (copy / "looser.png").write_bytes(b"longer" + (copy / "looser.png").read_bytes())
    resized = mark(copy)
    save(copy / "more.png", noise(70, 70))
    assert len({first, renamed, resized, mark(copy)}) == 4


def test_what_is_skipped_is_not_in_the_fingerprint_of_a_cache(photos: Path) -> None:
    def of_cache() -> str:
        return fingerprint(open_photos([photos], cache=photos.parent / "cache"))

    first = of_cache()
    (photos / "broken.png").write_bytes(b"")
    assert of_cache() == first
