from __future__ import annotations

import random

import pytest
from support.pictures import photos_named

from streamscope_training.data.classes import Classes
from streamscope_training.data.labels import label_by_folder
from streamscope_training.data.skips import Skip
from streamscope_training.errors import TrainingError

THOUSAND = Classes(tuple(f"class {index}" for index in range(1000)))
IDS = [f"n{1_440_764 + 37 * index:08}" for index in range(1000)]


def test_the_innermost_folder_is_the_label() -> None:
    classes = Classes(("tench", "great white shark"))
    photos = photos_named("tench/a.jpg", "train/Great_White_Shark/b.jpg", "0/c.jpg", "001/d.jpg")
    assert label_by_folder(photos, classes).labels == {
        "tench/a.jpg": 0,
        "train/Great_White_Shark/b.jpg": 1,
        "0/c.jpg": 0,
        "001/d.jpg": 1,
    }


def test_photos_in_no_folder_are_skipped() -> None:
    found = label_by_folder(photos_named("a.jpg", "7/b.jpg"), THOUSAND)
    assert found.labels == {"7/b.jpg": 7}
    assert found.skipped == (Skip("a.jpg", "no label"),)


def test_folders_that_name_no_class_are_refused_by_name() -> None:
    photos = photos_named("cats/a.jpg", "1000/b.jpg", "7/c.jpg", "dogs/d.jpg", "dogs/e.jpg", "x/f.jpg")
    with pytest.raises(
        TrainingError, match=r"^4 folders .* \('1000', 'cats', 'dogs' and 1 more\).* 0 to 999"
    ):
        label_by_folder(photos, THOUSAND)


def test_all_thousand_wordnet_ids_tell_their_places() -> None:
    shuffled = random.Random(6).sample(IDS, 1000)
    found = label_by_folder(photos_named(*(f"train/{wnid}/{wnid}_1.JPEG" for wnid in shuffled)), THOUSAND)
    assert all(found.labels[f"train/{wnid}/{wnid}_1.JPEG"] == index for index, wnid in enumerate(IDS))
    assert len(found.labels) == 1000


@pytest.mark.parametrize("count", [1, 999])
def test_fewer_wordnet_ids_need_a_file_of_all(count: int) -> None:
    photos = photos_named(*(f"{wnid}/1.JPEG" for wnid in IDS[-count:]))
    with pytest.raises(TrainingError, match=rf"folders of {count} WordNet ids? .*--classes FILE"):
        label_by_folder(photos, THOUSAND)
    known = Classes(THOUSAND.names, tuple(IDS))
    assert sorted(label_by_folder(photos, known).labels.values()) == list(range(1000 - count, 1000))


def test_a_thousand_ids_say_nothing_of_a_network_with_other_classes() -> None:
    photos = photos_named(*(f"{wnid}/1.JPEG" for wnid in IDS))
    with pytest.raises(TrainingError, match="--classes FILE"):
        label_by_folder(photos, Classes(("tench", "goldfish")))


def test_an_id_that_the_file_does_not_have_is_refused() -> None:
    known = Classes(THOUSAND.names, tuple(IDS))
    with pytest.raises(TrainingError, match=r"1 folder of photos name no class \('n99999999'\)"):
        label_by_folder(photos_named("n99999999/a.jpg"), known)
