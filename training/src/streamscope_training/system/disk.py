"""Files written whole, and why the disk refused, in words."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable
from pathlib import Path

from ..errors import TrainingError

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EACCES: "it is not permitted",
    errno.EPERM: "it is not permitted",
    errno.EROFS: "the disk can only be read",
    errno.ENOENT: "there is no such file or folder",
    errno.ENOTDIR: "a part of its path is not a folder",
    errno.EISDIR: "it is a folder",
}


def reason(error: OSError) -> str:
    """The reason as a clause without a full stop, such as ``the disk is full``."""
    return _REASONS.get(error.errno or 0, error.strerror or type(error).__name__)


def write_file(path: Path, content: bytes, what: str = "") -> None:
    """Writes a file as ``write_whole`` does, or into a device or a pipe. ``what`` it is comes before its path
    in the sentence of the TrainingError that is raised when it cannot be written.
    """
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            # Such as /dev/stdout, whose place no file must take.
            path.write_bytes(content)
        else:
            write_whole(path, content)
    except OSError as error:
        raise TrainingError(f"Cannot write {what}{path}: {reason(error)}.") from error


def write_whole(path: Path, content: bytes, before: Callable[[], None] = lambda: None) -> None:
    """Writes a file whole or not at all: first beside its place, down to the disk, and then renamed.
    ``before`` is called between the two. Raises OSError when the disk refuses: the former file then stands,
    and nothing lies beside it.
    """
    temporary = path.with_name(f"{path.name}.part")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        before()
        os.replace(temporary, path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
