"""Files held while they are written, which tells them from those that ended processes left."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import BinaryIO


def create_held(file: Path) -> BinaryIO:
    """Creates a file and holds it until it is closed. The system lets go of it when the process ends, in
    whatever way. On disks that know no locks, nothing is held.

    Raises OSError, as for a file that exists.
    """
    while True:
        stream = file.open("xb")
        _hold(stream)
        if file.exists():
            return stream
        # Another process found it before it was held.
        stream.close()


def remove_unless_held(file: Path) -> None:
    """Removes a file that no process holds; one that is gone already is none.

    Raises OSError when the disk refuses.
    """
    if sys.platform == "win32":
        # An open file cannot be removed there: that it is open holds it.
        with contextlib.suppress(FileNotFoundError, PermissionError):
            file.unlink()
        return
    import fcntl

    # Open for writing, which locks over a network ask for.
    with contextlib.suppress(FileNotFoundError), file.open("r+b") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        except OSError:
            # The disk knows no locks.
            pass
        file.unlink()


def _hold(stream: BinaryIO) -> None:
    if sys.platform == "win32":
        return
    import fcntl

    with contextlib.suppress(OSError):
        fcntl.flock(stream, fcntl.LOCK_EX)
