"""One line that says how far a run is."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable
from typing import TextIO

#: Seconds from one line to the next.
ON_TERMINAL_S = 0.2
ELSEWHERE_S = 60.0


class Progress:
    """On a terminal a line that is written over; elsewhere a line a minute. A stream that is gone, like
    that of a closed terminal, does not stop the run.
    """

    def __init__(
        self, total_steps: int, first_step: int, stream: TextIO, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """``first_step`` is the number of steps done before, by a run that resumes."""
        self._total = total_steps
        self._first = first_step
        self._stream = stream
        self._clock = clock
        self._terminal = stream.isatty()
        self._began = clock()
        self._shown = -float("inf")
        self._line_stands = False

    def show(self, step: int, epoch: float, loss: float, images_per_second: float) -> None:
        """After every step; ``step`` steps are done. Writes if it is time to, and after the last step."""
        now = self._clock()
        interval = ON_TERMINAL_S if self._terminal else ELSEWHERE_S
        if now - self._shown < interval and step < self._total:
            return
        self._shown = now
        parts = [
            f"step {step}/{self._total}",
            f"epoch {epoch:.2f}",
            f"loss {loss:.4g}",
            f"{images_per_second:.1f} images/s",
        ]
        if step > self._first:
            left_s = (now - self._began) / (step - self._first) * (self._total - step)
            parts.append(f"{duration(left_s)} left")
        text = ", ".join(parts)
        # A line that is wrapped could not be written over.
        self._put(self._over(text[: _width()]) if self._terminal else f"{text}\n")
        self._line_stands = self._terminal

    def say(self, text: str) -> None:
        """Writes a line that stays."""
        self._put(f"{self._over(text)}\n")
        self._line_stands = False

    def end(self) -> None:
        """Leaves the line as it stands; what comes next begins a new one."""
        if self._line_stands:
            self._put("\n")
            self._line_stands = False

    def _over(self, text: str) -> str:
        """The text in place of the line that a terminal shows."""
        return f"\r{text.ljust(_width())}" if self._terminal else text

    def _put(self, text: str) -> None:
        with contextlib.suppress(OSError):
            self._stream.write(text)
            self._stream.flush()


def _width() -> int:
    # In the last column some terminals go on to the next line.
    return shutil.get_terminal_size().columns - 1


def duration(seconds: float) -> str:
    """Such as ``3 h 05 min``, ``12 min`` or ``40 s``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"
