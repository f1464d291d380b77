"""Files written whole, and why the disk refused, in words."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable
from pathlib import Path

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
