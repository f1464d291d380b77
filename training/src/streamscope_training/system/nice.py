"""A run takes hours, and leaves the machine to whoever works at it."""

from __future__ import annotations

import os

NICENESS = 10


def be_nice(niceness: int = NICENESS) -> None:
    """Lowers this process to at least ``niceness`` (0 to 19, higher is lower), for good. One that is as nice
    already stays as it is. Where there is no such thing, as on Windows, nothing happens.
    """
    if hasattr(os, "nice"):
        missing = niceness - os.nice(0)
        if missing > 0:
            os.nice(missing)
