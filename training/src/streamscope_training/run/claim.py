"""One run in a folder at a time: two would write over each other's log and checkpoints."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from ..errors import TrainingError
from ..system.disk import reason


@contextlib.contextmanager
def claim(run: Path) -> Iterator[None]:
    """Makes the run's folder if need be, and holds it. The system lets go of it when the process ends, in
    whatever way. On Windows, and on disks that know no locks, nothing is held.

    Raises TrainingError if another process holds it, or if it cannot be made.
    """
    try:
        run.mkdir(parents=True, exist_ok=True)
        folder = None if sys.platform == "win32" else os.open(run, os.O_RDONLY)
    except OSError as error:
        raise TrainingError(f"Cannot use the folder {run}: {reason(error)}.") from error
    if sys.platform == "win32" or folder is None:
        yield
        return
    import fcntl

    try:
        with contextlib.suppress(OSError):
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise TrainingError(
                    f"Another run is at work in {run}; stop that one, or choose another folder."
                ) from error
        yield
    finally:
        os.close(folder)
