"""The file that an export writes: whole or not at all, the same bytes every time."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

from ..errors import TrainingError
from ..run.disk import reason, write_whole

SUFFIXES = (".onnx", ".onnx.gz")


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
    """The ONNX model in a file that may be packed. Raises TrainingError if it cannot be read."""
    try:
        content = path.read_bytes()
        return gzip.decompress(content) if path.suffix == ".gz" else content
    except gzip.BadGzipFile as error:
        raise TrainingError(f"{path} is not packed by gzip, as its name says; rename it.") from error
    except EOFError as error:
        raise TrainingError(f"{path} was cut short; export it again.") from error
    except OSError as error:
        raise TrainingError(f"Cannot read {path}: {reason(error)}.") from error


def packed(model: bytes) -> bytes:
    """gzip's format without a name, a date or a system."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=buffer, mtime=0) as file:
        file.write(model)
    return buffer.getvalue()
