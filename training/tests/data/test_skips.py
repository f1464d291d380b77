from __future__ import annotations

from pathlib import Path

import pytest

from streamscope_training.data.sentences import counted, shown, some
from streamscope_training.data.skips import Skip, summary, write_skipped
from streamscope_training.errors import TrainingError


def test_a_line_for_every_skip_by_path(tmp_path: Path) -> None:
    skipped = [Skip("b/x y.jpg", "grey"), Skip("a\tb\nc.jpg", "broken"), Skip("bad\udcff.jpg", "tiny")]
    write_skipped(tmp_path / "skipped.txt", skipped)
    assert (tmp_path / "skipped.txt").read_bytes().split(b"\n") == [
        b"a\\tb\\nc.jpg\tbroken",
        b"b/x y.jpg\tgrey",
        b"bad\xff.jpg\ttiny",
        b"",
    ]
    write_skipped(tmp_path / "skipped.txt", [])
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("skipped.txt", b"")]


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(
        TrainingError,
        match=r"list of skipped photos cannot be written to .*: there is no such file or folder\.$",
    ):
        write_skipped(tmp_path / "gone/skipped.txt", [])


def test_the_summary_counts_reasons_and_names_the_first() -> None:
    skipped = [Skip(f"{index}.jpg", "grey" if index < 4 else "tiny") for index in range(5)]
    expected = "Skipped 5 photos (4 grey, 1 tiny): '0.jpg', '1.jpg', '2.jpg' and 2 more."
    assert summary(skipped) == expected
    assert summary([]) == "No photo was skipped."


def test_names_stay_short_and_on_one_line() -> None:
    assert some(["a"]) == "'a'"
    assert shown("a\nb") == "'a\\nb'"
    long = shown("x" * 500 + "/end.jpg")
    assert len(long) == 99
    assert long.endswith("x/end.jpg'")
    assert (counted(1, "photo"), counted(0, "photo")) == ("1 photo", "0 photos")
