"""One line that says how many photos are done."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import TextIO

from ..system.progress import ELSEWHERE_S, ON_TERMINAL_S


class Counter:
    """On a terminal a line that is written over; elsewhere a line a minute, so that a short evaluation says
    nothing. A stream that is gone does not stop the evaluation.
    """

    def __init__(self, what: str, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        """``what`` is done is said in words such as "photos decoded"."""
        self._what = what
        self._stream = stream
        self._clock = clock
        self._terminal = stream.isatty()
        self._said = clock()

    def __call__(self, done: int, total: int) -> None:
        """So many of so many are done. After the last one, a terminal's line is left as it stands."""
        last = self._terminal and done == total
        if self._clock() - self._said < (ON_TERMINAL_S if self._terminal else ELSEWHERE_S) and not last:
            return
        self._said = self._clock()
        text = f"{done} of {total} {self._what}"
        # Grows only: what is written over is covered.
        text = f"\r{text}{chr(10) if last else ''}" if self._terminal else f"{text}\n"
        with contextlib.suppress(OSError):
            self._stream.write(text)
            self._stream.flush()
