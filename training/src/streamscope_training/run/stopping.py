"""Stopping a run from outside: the first signal asks it to save and end, the second ends it."""

from __future__ import annotations

import contextlib
import os
import signal
from types import FrameType, TracebackType
from typing import Any

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]

MESSAGE = "Saving after this step or evaluation; press Ctrl-C again to stop at once."


class StopRequested:
    """Within it, the first Ctrl-C, SIGTERM or SIGHUP sets ``requested``, for the loop to look at between
    steps. The second does what the system does: it ends the process at once, even one that hangs, which
    loses nothing that is saved. Only for the main thread.
    """

    def __init__(self) -> None:
        self._former: dict[int, Any] = {}
        self.requested = False

    def __enter__(self) -> StopRequested:
        for number in _SIGNALS:
            # What is ignored stays so: nohup ignores SIGHUP. None is a handler that Python cannot restore.
            if signal.getsignal(number) not in (signal.SIG_IGN, None):
                self._former[number] = signal.signal(number, self._stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._former.items():
            signal.signal(number, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.requested = True
        for other in self._former:
            signal.signal(other, signal.SIG_DFL)
        # Not print: the signal may have come in the middle of one. The terminal may be gone.
        with contextlib.suppress(OSError):
            os.write(2, f"\n{MESSAGE}\n".encode())
