from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from support.pictures import folder_of

from streamscope_training.data.classes import Classes
from streamscope_training.data.photo_set import PhotoSet, open_photos
from streamscope_training.data.skips import Skip
from streamscope_training.errors import TrainingError
from streamscope_training.evaluation.fewer import fewer


@pytest.fixture
def photos(tmp_path: Path) -> PhotoSet:
    folder = folder_of(tmp_path, "0/a.png", "0/b.png", "0/c.png", "1/d.png", "1/e.png", "loose.png")
    return open_photos([folder], cache=None, labels="folders", classes=Classes(("zero", "one")))


def test_fewer_photos_are_taken_evenly_with_their_labels(photos: PhotoSet) -> None:
    some = fewer(photos, 2)
    assert [photo.path for photo in some.source.photos] == ["0/a.png", "0/c.png"]
    three = fewer(photos, 3)
    assert [photo.path for photo in three.source.photos] == ["0/a.png", "0/b.png", "1/d.png"]
    assert three.labels is not None
    assert three.labels.tolist() == [0, 0, 1]
    assert np.array_equal(three.source.read(2), photos.source.read(3))


def test_what_is_skipped_is_still_told(photos: PhotoSet) -> None:
    assert fewer(photos, 1).skipped == [Skip("loose.png", "no label")]


@pytest.mark.parametrize("most", [None, 5, 99])
def test_without_a_limit_below_its_size_the_set_is_as_it_was(photos: PhotoSet, most: int | None) -> None:
    assert fewer(photos, most) is photos


def test_a_limit_below_one_is_refused(photos: PhotoSet) -> None:
    with pytest.raises(TrainingError, match="The limit is 0 photos"):
        fewer(photos, 0)
