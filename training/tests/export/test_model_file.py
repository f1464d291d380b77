from __future__ import annotations

import errno
import gzip
import os
from pathlib import Path

import pytest

from streamscope_training.errors import TrainingError
from streamscope_training.export.model_file import packed, read_model_file, write_model_file


@pytest.mark.parametrize("name", ["model.onnx", "model.onnx.gz"])
def test_what_is_written_is_read(tmp_path: Path, name: str) -> None:
    write_model_file(tmp_path / name, b"model" * 100)
    assert read_model_file(tmp_path / name) == b"model" * 100
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_packed_bytes_know_no_name_no_date_and_no_system() -> None:
    content = packed(b"model")
    assert gzip.decompress(content) == b"model"
    # RFC 1952: no flags, so no name; time 0; then one byte on the effort, and 255 for no known system.
    assert content[:8] == b"\x1f\x8b\x08\x00" + bytes(4)
    assert content[9] == 255


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("model.bin", "must end in .onnx"),
        ("missing/model.onnx", "there is no folder"),
        ("folder.onnx", "it is a folder"),
    ],
)
def test_places_that_cannot_be_written_to(tmp_path: Path, place: str, says: str) -> None:
    (tmp_path / "folder.onnx").mkdir()
    with pytest.raises(TrainingError, match=says):
        write_model_file(tmp_path / place, b"model")


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(b"former")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(TrainingError, match=r"Cannot write .*model.onnx: the disk is full\."):
        write_model_file(path, b"model")
    assert path.read_bytes() == b"former"
    assert [file.name for file in tmp_path.iterdir()] == ["model.onnx"]


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"plain", "is not packed by gzip"), (packed(b"model")[:-3], "was cut short")],
)
def test_files_that_do_not_unpack(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "model.onnx.gz"
    path.write_bytes(content)
    with pytest.raises(TrainingError, match=says):
        read_model_file(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="there is no such file"):
        read_model_file(tmp_path / "model.onnx")
