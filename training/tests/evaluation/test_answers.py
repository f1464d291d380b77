from __future__ import annotations

import errno
import os
from pathlib import Path

import numpy as np
import pytest
import torch
from support.pictures import folder_of
from torch import Tensor

from streamscope_training.data.classes import Classes
from streamscope_training.data.photo_set import PhotoSet, open_photos
from streamscope_training.errors import TrainingError
from streamscope_training.evaluation.answers import Answers, ask, read_answers, write_answers

CLASSES = Classes(("tench", "goldfish", "crane"))


@pytest.fixture
def photos(tmp_path: Path) -> PhotoSet:
    folder = folder_of(tmp_path / "photos", "crane/a.png", "goldfish/b.png", "goldfish/c.png", "tench/d.png")
    return open_photos([folder], cache=None, labels="folders", classes=CLASSES)


def by_brightness(images: Tensor) -> Tensor:
    """What tells the photos apart, in place of classes."""
    assert images.dtype == torch.uint8
    assert images.shape[1:] == (3, 224, 224)
    return images.float().mean((1, 2, 3)).long()[:, None] + torch.arange(5)


def test_every_photo_is_asked_of_once_and_in_order_whatever_the_batch(photos: PhotoSet) -> None:
    said: list[tuple[int, int]] = []
    answers = ask(
        photos, by_brightness, batch_size=3, progress=lambda done, total: said.append((done, total))
    )
    assert answers.paths == ("crane/a.png", "goldfish/b.png", "goldfish/c.png", "tench/d.png")
    assert answers.labels is not None
    assert answers.labels.tolist() == [2, 1, 1, 0]
    assert said == [(3, 4), (4, 4)]
    one_by_one = ask(photos, by_brightness, batch_size=1)
    assert np.array_equal(one_by_one.classes, answers.classes)
    assert len(set(answers.classes[:, 0])) > 1


def test_a_broken_photo_is_left_out_and_the_others_keep_their_labels(photos: PhotoSet) -> None:
    Path(photos.source.photos[1].file).write_bytes(b"no image")
    answers = ask(photos, by_brightness)
    assert answers.paths == ("crane/a.png", "goldfish/c.png", "tench/d.png")
    assert answers.labels is not None
    assert answers.labels.tolist() == [2, 1, 0]
    assert [skip.path for skip in photos.skipped] == ["goldfish/b.png"]


def test_a_set_without_a_photo_that_can_be_used_is_refused(photos: PhotoSet) -> None:
    for photo in photos.source.photos:
        Path(photo.file).unlink()
    with pytest.raises(
        TrainingError, match=r"None of the photos can be used. Skipped 4 photos \(4 missing\)"
    ):
        ask(photos, by_brightness)


@pytest.mark.parametrize("labels", [np.array([5, 0]), None])
def test_a_table_reads_back_as_it_was(tmp_path: Path, labels: np.ndarray | None) -> None:
    answers = Answers(("a, b/ü.png", "c.png"), labels, np.arange(10).reshape(2, 5))
    write_answers(tmp_path / "answers.csv", answers)
    again = read_answers(tmp_path / "answers.csv")
    assert again.paths == answers.paths
    assert np.array_equal(again.classes, answers.classes)
    assert (again.labels is None) if labels is None else np.array_equal(again.labels, labels)


def test_the_table_is_plain(tmp_path: Path) -> None:
    write_answers(tmp_path / "answers.csv", Answers(("a.png",), np.array([7]), np.array([[7, 1, 2, 3, 4]])))
    table = (tmp_path / "answers.csv").read_text(encoding="utf-8")
    assert table == "path,label,class1,class2,class3,class4,class5\na.png,7,7,1,2,3,4\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "path,label,class1,class2,class3,class4,class5\n",
        "file,class_index\na.png,3\n",
        "path,label,class1,class2,class3,class4,class5\na.png,7,7,1,2\n",
        "path,label,class1,class2,class3,class4,class5\na.png,seven,7,1,2,3,4\n",
        "path,label,class1,class2,class3,class4,class5\na.png,7,7,1,2,3,4\nb.png,,7,1,2,3,4\n",
        "path,label,class1,class2,class3,class4,class5\na.png,7,7,1,2,3,9223372036854775808\n",
        "path,label,class1,class2,class3,class4,class5\na.png,-9223372036854775809,7,1,2,3,4\n",
    ],
)
def test_what_is_no_table_of_answers_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "answers.csv").write_text(text)
    with pytest.raises(TrainingError, match="is no table of answers"):
        read_answers(tmp_path / "answers.csv")


def test_a_table_that_cannot_be_read_or_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"Cannot read .*: there is no such file or folder\."):
        read_answers(tmp_path / "answers.csv")
    with pytest.raises(TrainingError, match=r"Cannot write .*: it is a folder\."):
        write_answers(tmp_path, Answers(("a",), None, np.zeros((1, 5), np.int64)))


SOME = Answers(("a.png",), np.array([7]), np.array([[7, 1, 2, 3, 4]]))


def test_a_full_disk_leaves_the_table_that_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "answers.csv"
    table.write_text("former")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(TrainingError, match=r"Cannot write .*answers\.csv: the disk is full\."):
        write_answers(table, SOME)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("answers.csv", "former")]


def test_a_link_to_a_pipe_is_written_through_and_stays(tmp_path: Path) -> None:
    """So is /dev/stdout."""
    reader, writer = os.pipe()
    link = tmp_path / "out"
    link.symlink_to(f"/dev/fd/{writer}")
    try:
        write_answers(link, SOME)
    finally:
        os.close(writer)
    with open(reader, encoding="utf-8") as pipe:
        assert pipe.read().splitlines()[1:] == ["a.png,7,7,1,2,3,4"]
    assert link.is_symlink()


def test_a_pipe_with_a_name_stays_one(tmp_path: Path) -> None:
    table = tmp_path / "answers.csv"
    os.mkfifo(table)
    # Open for both, so that nobody waits for the other.
    pipe = os.open(table, os.O_RDWR)
    try:
        write_answers(table, SOME)
        assert os.read(pipe, 1000).endswith(b"a.png,7,7,1,2,3,4\n")
    finally:
        os.close(pipe)
    assert table.is_fifo()
