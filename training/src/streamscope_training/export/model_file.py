"""The file that an export writes: whole or not at all, the same bytes every time."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path

from ..errors import TrainingError
from ..system.disk import reason, write_whole

SUFFIXES = (".onnx", ".onnx.gz")

#: No file of this network is larger, in bytes: its 4.2 million weights are 17 MB in float32. So a few bytes
#: that unpack to many are refused while there is memory left.
MOST_BYTES = 64 * 2**20

#: What every gzip file begins with (RFC 1952).
_MAGIC = b"\x1f\x8b"


def check_place(path: Path) -> None:
    """Raises TrainingError for a path that no model can be written to, which is better known before the
    work than after it.
    """
    if not path.name.endswith(SUFFIXES):
        raise TrainingError(f"{path} must end in .onnx, or in .onnx.gz to be packed.")
    if path.is_dir():
        raise TrainingError(f"Cannot write {path}: it is a folder.")
    if not path.parent.is_dir():
        raise TrainingError(f"Cannot write {path}: there is no folder {path.parent}; make it first.")


def write_model_file(path: Path, model: bytes) -> None:
    """Writes an ONNX model, packed if the path ends in ``.gz``. Raises TrainingError when the disk
    refuses; what was there then stands.
    """
    check_place(path)
    content = packed(model) if path.suffix == ".gz" else model
    try:
        write_whole(path, content)
    except OSError as error:
        raise TrainingError(f"Cannot write {path}: {reason(error)}.") from error


def read_model_file(path: Path) -> bytes:
    """The ONNX model in a file that may be packed. Raises TrainingError if it cannot be read or unpacked, or
    holds more than MOST_BYTES.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise TrainingError(f"Cannot read {path}: {reason(error)}.") from error
    model = _unpacked(path, content) if path.suffix == ".gz" and len(content) <= MOST_BYTES else content
    if len(model) > MOST_BYTES:
        raise TrainingError(
            f"{path} holds more than {MOST_BYTES >> 20} MiB, which no export of this network does; "
            "name a file that export wrote."
        )
    return model


def _unpacked(path: Path, content: bytes) -> bytes:
    """At most MOST_BYTES and one."""
    # What is cut short may end within the two bytes.
    if content[:2] != _MAGIC[: len(content)]:
        raise TrainingError(f"{path} is not packed by gzip, as its name says; rename it.")
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            return file.read(MOST_BYTES + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise TrainingError(f"{path} is damaged or cut short; export it again.") from error


def packed(model: bytes) -> bytes:
    """gzip's format without a name, a date or a system."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=buffer, mtime=0) as file:
        file.write(model)
    return buffer.getvalue()
