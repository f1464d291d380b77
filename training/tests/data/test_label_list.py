from __future__ import annotations

from pathlib import Path

import pytest
from support.pictures import photos_named

from streamscope_training.data.classes import Classes
from streamscope_training.data.label_list import label_by_list
from streamscope_training.data.labels import Labelling
from streamscope_training.data.skips import Skip
from streamscope_training.errors import TrainingError

NAMES = tuple("black swan" if index == 7 else f"c{index}" for index in range(1000))
IDS = tuple(f"n{index:08}" for index in range(1000))


def read(folder: Path, paths: list[str], text: str, ids: tuple[str, ...] | None = None) -> Labelling:
    (folder / "list.txt").write_text(text, "utf-8")
    return label_by_list(photos_named(*paths), folder / "list.txt", Classes(NAMES, ids))


@pytest.mark.parametrize(
    "text",
    [
        "a b.jpg 7",
        "a b.jpg\t7\n",
        "a b.jpg,7",
        "a b.jpg , 007",
        "a b.jpg black_swan",
        "\ufeff# path class\r\n\r\n.\\a b.jpg 7\r\n",
        "file,class_index,wnid\na b.jpg,7,n00000007\n",
        "wnid,File\n# made by hand\n,\nn00000007,a b.jpg",
        'file,class name\n"a b.jpg",Black Swan\n',
        "class_name,file,class_index\n,a b.jpg,7\n",
    ],
)
def test_a_row_gives_a_photo_its_class(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, ["a b.jpg"], text, IDS) == Labelling({"a b.jpg": 7})


def test_an_id_that_nothing_explains_is_left_aside_if_the_row_has_an_index(tmp_path: Path) -> None:
    assert read(tmp_path, ["a.jpg"], "file,class_index,wnid\na.jpg,7,n01440764").labels == {"a.jpg": 7}


def test_photos_are_named_by_a_longer_or_shorter_end_of_their_path(tmp_path: Path) -> None:
    paths = ["top.jpg", "val/x/a.jpg", "val/x/b.jpg", "val/y/b.jpg"]
    found = read(tmp_path, paths, "val/top.jpg 0\na.jpg 1\nx/b.jpg 2\nval/y/b.jpg 3")
    assert found == Labelling({"top.jpg": 0, "val/x/a.jpg": 1, "val/x/b.jpg": 2, "val/y/b.jpg": 3})
    with pytest.raises(TrainingError, match=r"1 name that could be any of several photos \('b.jpg'\)"):
        read(tmp_path, paths, "b.jpg 1")


def test_missing_and_unlisted_files_are_skipped_and_repeated_rows_noted(tmp_path: Path) -> None:
    found = read(tmp_path, ["a.jpg", "b.jpg", "x/c.jpg"], "a.jpg 1\ngone.jpg 2\na.jpg 1\ny/c.jpg 3")
    assert found.labels == {"a.jpg": 1}
    assert found.skipped == (
        Skip("gone.jpg", "missing"),
        Skip("y/c.jpg", "missing"),
        Skip("b.jpg", "no label"),
        Skip("x/c.jpg", "no label"),
    )
    assert found.notes == (f"{tmp_path / 'list.txt'} names 'a.jpg' more than once.",)


def test_the_listed_order_is_of_no_matter(tmp_path: Path) -> None:
    paths = [f"{index}.jpg" for index in range(20)]
    lines = [f"{path} {index}" for index, path in enumerate(paths)]
    assert read(tmp_path, paths, "\n".join(lines)) == read(tmp_path, paths, "\n".join(reversed(lines)))


@pytest.mark.parametrize(
    ("text", "ids", "sentence"),
    [
        ("a.jpg 1000\na.jpg dragon", IDS, r"2 labels that name no class \('1000', 'dragon'\).* 0 to 999"),
        ("file,class_index\na.jpg,-1", None, r"1 label that name no class \('-1'\)"),
        ("a.jpg n00000007", None, r"by WordNet id \('n00000007'\).*--classes FILE"),
        ("file,wnid\na.jpg,n00000007", None, "--classes FILE"),
        ("a.jpg n99999999", IDS, r"name no class \('n99999999'\)"),
        ("file,class_index,wnid\na.jpg,7,n00000008", IDS, r"1 row whose columns name different classes"),
        ("a.jpg 1\na.jpg 2", None, r"gives 1 photo another class in a second row \('a.jpg'\)"),
        ("file,size\na.jpg,7", None, "add one of class_index, wnid, class_name"),
        ("file,class_index\na.jpg,\n", None, "Row 2 of .* lacks a file or a class"),
        ("a.jpg 1\nnonsense", None, r"Line 2 of .* \('nonsense'\) is not a path, a space and a class"),
        ("# nothing\n", None, "is empty"),
        ("x.jpg 1\ny.jpg 2", None, r"None of the 2 files in .* \('x.jpg', 'y.jpg'\)"),
    ],
)
def test_what_cannot_be_resolved_is_refused(
    tmp_path: Path, text: str, ids: tuple[str, ...] | None, sentence: str
) -> None:
    with pytest.raises(TrainingError, match=sentence):
        read(tmp_path, ["a.jpg", "b.jpg"], text, ids)


def test_a_list_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(b"\x89PNG\r\n\x1a\n\xff")
    with pytest.raises(TrainingError, match="not text in UTF-8: it should hold labels of photos"):
        label_by_list(photos_named("a.jpg"), tmp_path / "list.csv", Classes(NAMES))
    with pytest.raises(TrainingError, match="labels of photos cannot be read"):
        label_by_list(photos_named("a.jpg"), tmp_path / "gone.csv", Classes(NAMES))
    (tmp_path / "list.csv").write_text(f"file,class_index\n{'x' * 200_000},1", "utf-8")
    with pytest.raises(TrainingError, match="not a CSV that can be read: field larger"):
        label_by_list(photos_named("a.jpg"), tmp_path / "list.csv", Classes(NAMES))
