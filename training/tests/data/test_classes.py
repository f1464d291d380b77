from __future__ import annotations

from pathlib import Path

import pytest

from streamscope_training.data.classes import Classes, read_classes
from streamscope_training.errors import TrainingError

ANIMALS = Classes(("tench", "great white shark", "crane", "Crane", "Shih-Tzu"), None)


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("0", 0),
        ("004", 4),
        ("5", None),
        ("-1", None),
        ("1.0", None),
        ("٣", None),
        ("Great_White  SHARK", 1),
        (" shih-tzu ", 4),
        ("crane", None),
        ("n01440764", None),
        ("", None),
    ],
)
def test_a_class_is_named_by_index_or_name(text: str, index: int | None) -> None:
    assert ANIMALS.find(text) == index


def test_a_class_is_named_by_its_wordnet_id() -> None:
    classes = Classes(("tench", "goldfish"), ("n01440764", "n01443537"))
    assert [classes.find(text) for text in ("n01443537", "n01440764", "n00000000")] == [1, 0, None]


def test_names_and_ids_are_read_from_files(tmp_path: Path) -> None:
    names, ids = tmp_path / "labels.txt", tmp_path / "synsets.txt"
    names.write_text("\ufefftench\r\ngoldfish\r\n\r\n", "utf-8")
    ids.write_text("n01440764 tench, Tinca tinca\nn01443537 goldfish\n", "utf-8")
    assert read_classes(names) == Classes(("tench", "goldfish"))
    assert read_classes(names, ids) == Classes(("tench", "goldfish"), ("n01440764", "n01443537"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"n01440764\n", "needs 2 different WordNet ids, .* but has 1 on 1 line"),
        (b"n01440764\nn01440764\n", "but has 1 on 2 lines"),
        (b"n01440764\ngoldfish\n", "but has 'goldfish'"),
        (b"\xff\xfe\x00", "not text in UTF-8: it should hold WordNet ids"),
    ],
)
def test_a_file_of_ids_that_does_not_fit_is_refused(tmp_path: Path, text: bytes, sentence: str) -> None:
    (tmp_path / "labels.txt").write_text("tench\ngoldfish\n", "utf-8")
    (tmp_path / "ids.txt").write_bytes(text)
    with pytest.raises(TrainingError, match=sentence):
        read_classes(tmp_path / "labels.txt", tmp_path / "ids.txt")


def test_missing_and_empty_names_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"class names cannot be read from '.*there is no such file"):
        read_classes(tmp_path / "labels.txt")
    (tmp_path / "labels.txt").write_text("\n", "utf-8")
    with pytest.raises(TrainingError, match="has no class names"):
        read_classes(tmp_path / "labels.txt")
