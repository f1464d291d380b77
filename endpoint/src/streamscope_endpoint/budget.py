"""A bound on the bytes that all requests hold together."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Iterator

from .errors import RequestError


class Share:
    """What one request holds of a budget."""

    def __init__(self, budget: ByteBudget) -> None:
        self._budget = budget
        self.taken_bytes = 0

    def take(self, count: int) -> None:
        """Takes ``count`` bytes more. Raises RequestError 503 if there are no more so many."""
        if self._budget.taken_bytes + count > self._budget.most_bytes:
            raise RequestError(
                503,
                "Too much is being sent at a time. Try again later.",
                {"Retry-After": "1", "Connection": "close"},
            )
        self._budget.taken_bytes += count
        self.taken_bytes += count


class ByteBudget:
    """Lives in one event loop."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.taken_bytes = 0

    @contextmanager
    def share(self) -> Iterator[Share]:
        """An empty share, given back when the block is left."""
        share = Share(self)
        try:
            yield share
        finally:
            self.taken_bytes -= share.taken_bytes
