"""Why the disk refused, in words."""

from __future__ import annotations

import errno

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
