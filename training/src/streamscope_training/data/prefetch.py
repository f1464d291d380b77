"""Makes what comes next while the present is worked on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")


class Prefetch(Generic[T]):
    """An iterator over ``make(step)`` for every step, in order, with the next few made in threads.

    At most ``ahead`` are made or being made. An error of ``make`` is raised where its result would have come,
    and ends the iteration. As a context manager, or by ``close``, it waits for its threads to end.
    """

    def __init__(
        self, make: Callable[[int], T], steps: Iterable[int], *, ahead: int = 4, threads: int = 1
    ) -> None:
        self._make = make
        self._steps = iter(steps)
        self._ahead = max(1, ahead)
        self._pending: deque[Future[T]] = deque()
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="prefetch")
        self._open = True

    def __iter__(self) -> Iterator[T]:
        return self

    def __next__(self) -> T:
        self._fill()
        if not self._pending:
            self.close()
            raise StopIteration
        try:
            result = self._pending.popleft().result()
        except BaseException:
            self.close()
            raise
        self._fill()
        return result

    def _fill(self) -> None:
        while self._open and len(self._pending) < self._ahead:
            step = next(self._steps, None)
            if step is None:
                return
            self._pending.append(self._pool.submit(self._make, step))

    def close(self) -> None:
        """Begins nothing more, and waits until what has begun has ended. Results not yet taken are gone."""
        self._open = False
        self._pending.clear()
        self._pool.shutdown(cancel_futures=True)

    def __enter__(self) -> Prefetch[T]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
