"""Checkpoints: written whole or not at all, and told from damaged ones when read.

A checkpoint is a file of ``torch.save``, a zip archive, whose archive comment is the SHA-256 of the rest.
So any tool of PyTorch reads it, and a half-written or altered one is known here before it is unpacked.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from ..errors import TrainingError
from .disk import reason, write_whole

FORMAT = 1
LAST = "last.pt"
PREVIOUS = "previous.pt"
BEST = "best.pt"

#: What every state must hold; ``save`` adds ``format``.
REQUIRED = ("step", "recipe", "network")

#: Begins the archive comment; 64 hexadecimal digits follow.
_MARK = b"streamscope sha256 "
_COMMENT_BYTES = len(_MARK) + 64
#: A zip archive ends in the length of its comment, two bytes, little endian, and the comment.
_NO_COMMENT = b"\0\0"
_WITH_COMMENT = _COMMENT_BYTES.to_bytes(2, "little")


def save(path: Path, state: Mapping[str, Any], *, keep_former: bool = True) -> None:
    """Writes a state of tensors and plain values as ``path``, whole or not at all; with ``keep_former``
    the file that was there stays beside it as ``previous.pt``.

    Raises TrainingError when the disk refuses: the last good checkpoint then stands. Raises ValueError for
    a state that lacks one of REQUIRED or could not be read back.
    """
    content = _pack(state)

    def keep() -> None:
        # A damaged file must not push out a previous one that is good.
        if keep_former and _is_whole(path):
            os.replace(path, path.with_name(PREVIOUS))

    try:
        write_whole(path, content, before=keep)
        _sync_folder(path.parent)
    except OSError as error:
        former = [file for file in (path, path.with_name(PREVIOUS)) if file.exists()]
        stands = f"{former[0]} stands" if former else "there is none before it"
        raise TrainingError(f"Cannot save the checkpoint {path}: {reason(error)}; {stands}.") from error


def load(path: Path) -> dict[str, Any]:
    """The state in a checkpoint, its tensors in main memory. Nothing in the file is executed.

    Raises TrainingError for a file that is missing, half-written, altered, or something else; it says
    which checkpoint beside it is good.
    """
    try:
        return _read(path)
    except _UnreadableError as error:
        good = [other for name in (LAST, PREVIOUS) if _reads(other := path.with_name(name))]
        advice = f"{good[0]} is good" if good else f"there is no good one in {path.parent}"
        raise TrainingError(f"{error}; {advice}.") from error


@dataclass(frozen=True)
class Newest:
    """The checkpoint from which a run resumes."""

    path: Path
    state: dict[str, Any]
    #: Why it is not the last one, as a sentence; None if it is.
    note: str | None


def load_newest(run: Path) -> Newest:
    """The last good checkpoint of a run's folder: ``last.pt``, or else ``previous.pt``. Raises
    TrainingError if neither is good.
    """
    last, previous = run / LAST, run / PREVIOUS
    try:
        return Newest(last, _read(last), None)
    except _UnreadableError as error:
        try:
            state = _read(previous)
        except _UnreadableError as other:
            raise TrainingError(
                f"There is nothing to resume: {error}, and {other}; begin a new run."
            ) from error
        note = f"{error}; resuming from {previous}, at step {state['step']}."
        return Newest(previous, state, note)


class _UnreadableError(Exception):
    """Why a file is no checkpoint, as a clause without a full stop."""


def _pack(state: Mapping[str, Any]) -> bytes:
    missing = [key for key in REQUIRED if key not in state]
    if missing:
        raise ValueError(f"a checkpoint needs {', '.join(missing)}")
    buffer = io.BytesIO()
    torch.save({"format": FORMAT, **state}, buffer)
    archive = buffer.getvalue()
    try:
        # What cannot be read back is found now, not after the hours of training it holds.
        _unpack(archive)
    except pickle.UnpicklingError as error:
        raise ValueError(f"a checkpoint holds tensors and plain values only: {error}") from error
    digest = hashlib.sha256(archive).hexdigest().encode()
    return archive.removesuffix(_NO_COMMENT) + _WITH_COMMENT + _MARK + digest


def _unpack(archive: bytes) -> Any:
    return torch.load(io.BytesIO(archive), map_location="cpu", weights_only=True)


def _archive(content: bytes) -> bytes | None:
    """What ``torch.save`` wrote, if the file is whole."""
    archive, ending = content[:-_COMMENT_BYTES], content[-_COMMENT_BYTES:]
    if not (archive.endswith(_WITH_COMMENT) and ending.startswith(_MARK)):
        return None
    archive = archive.removesuffix(_WITH_COMMENT) + _NO_COMMENT
    digest = hashlib.sha256(archive).hexdigest().encode()
    return archive if ending == _MARK + digest else None


def _read(path: Path) -> dict[str, Any]:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise _UnreadableError(f"there is no checkpoint {path}") from error
    except OSError as error:
        raise _UnreadableError(f"the checkpoint {path} cannot be read: {reason(error)}") from error
    archive = _archive(content)
    if archive is None:
        raise _UnreadableError(f"{path} is half-written, damaged, or no checkpoint of a training run")
    try:
        state: dict[str, Any] = _unpack(archive)
        number = state["format"]
    except Exception as error:
        # Which exception it is differs from one PyTorch to the next.
        raise _UnreadableError(f"{path} is whole, but PyTorch {torch.__version__} cannot read it") from error
    if number != FORMAT:
        raise _UnreadableError(f"{path} has format {number}, and this version reads format {FORMAT}")
    return state


def _reads(path: Path) -> bool:
    try:
        _read(path)
    except _UnreadableError:
        return False
    return True


def _is_whole(path: Path) -> bool:
    return path.exists() and _archive(path.read_bytes()) is not None


def _sync_folder(folder: Path) -> None:
    """Makes a renaming last through a loss of power, where folders can be synced at all."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
