"""What the commands print, and what becomes of it where it cannot be written."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

from .errors import TrainingError
from .system.disk import reason


def say(text: str) -> None:
    """Prints a line on standard output, at once. Raises TrainingError if that is closed or cannot be written
    to, and BrokenPipeError if it is a pipe whose reader has gone.
    """
    # So Python has it in a process that was started with it closed.
    if sys.stdout is None:
        raise TrainingError("Standard output is closed: let it go to a terminal, a file or a pipe.")
    with _refusal():
        print(text, flush=True)


def note(text: str) -> None:
    """Prints a line on standard error. If that cannot be written to, nobody is told, and nothing stops."""
    with contextlib.suppress(OSError):
        print(text, file=sys.stderr, flush=True)


def flush() -> None:
    """Writes what still waits for standard output. Raises as ``say``, but for closed output."""
    if sys.stdout is not None:
        with _refusal():
            sys.stdout.flush()


@contextlib.contextmanager
def _refusal() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        # Python flushes once more when it ends.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise
        raise TrainingError(f"Cannot write to standard output: {reason(error)}.") from error
