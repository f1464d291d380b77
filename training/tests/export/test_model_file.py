from __future__ import annotations

import errno
import gzip
import os
import tracemalloc
from pathlib import Path

import pytest

from streamscope_training.errors import TrainingError
from streamscope_training.export.model_file import MOST_BYTES, packed, read_model_file, write_model_file
from streamscope_training.network.architecture import CLASSES, features, layers


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


def refusal(path: Path) -> str:
    with pytest.raises(TrainingError) as refused:
        read_model_file(path)
    return str(refused.value)


@pytest.mark.parametrize("content", [b"plain", b"\x1f\x8c" + packed(b"model")[2:]])
def test_a_file_that_is_not_packed_is_to_be_renamed(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.onnx.gz"
    path.write_bytes(content)
    assert refusal(path) == f"{path} is not packed by gzip, as its name says; rename it."


#: Its bytes differ, so that the body of the packed file is longer than its head and its trailer.
MODEL = bytes(range(256)) * 4
PACKED = packed(MODEL)


def flipped(place: int) -> bytes:
    """With one bit of the packed file wrong."""
    content = bytearray(PACKED)
    content[place] ^= 1
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(flipped(2), id="method"),
        pytest.param(flipped(10), id="first byte of the body"),
        pytest.param(flipped(len(PACKED) // 2), id="middle of the body"),
        pytest.param(flipped(-8), id="checksum"),
        pytest.param(flipped(-1), id="length"),
        pytest.param(PACKED[:-3], id="half a trailer"),
        pytest.param(PACKED[:-8], id="no trailer"),
        pytest.param(PACKED[: len(PACKED) // 2], id="half a body"),
        pytest.param(PACKED[:5], id="half a head"),
        pytest.param(PACKED[:1], id="one byte"),
        pytest.param(PACKED + b"more", id="more after it"),
    ],
)
def test_a_damaged_file_is_to_be_exported_again(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.onnx.gz"
    path.write_bytes(content)
    assert refusal(path) == f"{path} is damaged or cut short; export it again."


def too_large(path: Path) -> str:
    return (
        f"{path} holds more than 64 MiB, which no export of this network does; name a file that export wrote."
    )


def test_a_bomb_is_refused_before_it_has_filled_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx.gz"
    # Members on end are one file: 1 GiB in 2 MB.
    path.write_bytes(gzip.compress(bytes(2**24)) * 64)
    tracemalloc.start()
    try:
        assert refusal(path) == too_large(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 3 * MOST_BYTES


@pytest.mark.parametrize("name", ["model.onnx", "model.onnx.gz"])
def test_a_file_that_is_as_large_as_that_by_itself_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.write(PACKED)
        file.truncate(MOST_BYTES + 1)
    assert refusal(path) == too_large(path)


def test_what_is_just_small_enough_is_read(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx.gz"
    path.write_bytes(gzip.compress(bytes(MOST_BYTES), compresslevel=1))
    assert len(read_model_file(path)) == MOST_BYTES


def test_the_network_is_far_smaller_than_the_bound() -> None:
    weights = sum(layer.outputs * layer.inputs // layer.groups * layer.kernel**2 for layer in layers())
    # In eight bytes each, where an export has four.
    assert 8 * (weights + CLASSES * features()) < 0.6 * MOST_BYTES


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="there is no such file"):
        read_model_file(tmp_path / "model.onnx")
