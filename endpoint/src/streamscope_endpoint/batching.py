"""The one queue to the device: requests in their order, gathered into batches."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import deque
from concurrent.futures import Executor
from dataclasses import dataclass, field

import numpy as np

from .arrays import Array
from .backends.base import Backend
from .errors import DeviceError, RequestError
from .metrics import Metrics

log = logging.getLogger(__name__)

#: After so many failed batches in a row it is not the batches.
MOST_FAILURES = 5


@dataclass(frozen=True)
class Answer:
    """What became of one request's images."""

    #: Class indices ``[n, k]``, uint16.
    top: Array
    queue_ms: float
    #: Of the whole device batch.
    device_ms: float
    #: Images in the device batch that this request was in.
    batch_size: int


@dataclass(eq=False)
class _Waiting:
    images: Array
    future: asyncio.Future[Answer]
    #: In seconds of the monotonic clock.
    since: float = field(default_factory=time.perf_counter)


class DeviceQueue:
    """Feeds the back end, one batch at a time, in the executor's only thread.

    A batch starts when it is full, or when its first request has waited for ``delay_s``; what comes
    in while the device works forms the next. Requests are never split and never overtake, so one
    that does not fit any more starts the next batch. Lives in one event loop.

    A device that has not answered after ``device_timeout_s`` hangs: nobody can stop its thread, so
    all who wait are told, and nothing new is taken unless the thread comes back after all.
    """

    def __init__(
        self,
        backend: Backend,
        executor: Executor,
        metrics: Metrics,
        max_batch: int,
        delay_s: float,
        device_timeout_s: float,
    ) -> None:
        self._backend = backend
        self._executor = executor
        self._metrics = metrics
        self._max_batch = max_batch
        self._delay_s = delay_s
        self._device_timeout_s = device_timeout_s
        #: The batch that the device hangs in.
        self._hanging: asyncio.Future[Array] | None = None
        #: Batches that failed since the last that did not.
        self._failures = 0
        self._waiting: deque[_Waiting] = deque()
        self._changed = asyncio.Event()
        self._closing = False
        self._worker = asyncio.ensure_future(self._work())

    @property
    def hangs(self) -> bool:
        """Is the executor's thread lost in the back end?"""
        return self._hanging is not None

    @property
    def fault(self) -> str | None:
        """What is wrong with the device, in a sentence; None if nothing is. Work is still tried on one
        that only fails: the first batch that does not fail takes the fault away.
        """
        if self.hangs:
            return (
                f"The device has not answered for {self._device_timeout_s:g} seconds and takes no work. "
                "Start the endpoint again."
            )
        if self._failures >= MOST_FAILURES:
            return f"The device failed on the last {self._failures} batches; the endpoint's log says why."
        return None

    async def submit(self, images: Array) -> Answer:
        """Waits for the answer to ``images`` ``[n, height, width, channels]``, 1 <= n <= max_batch.
        A cancelled wait leaves the queue. Raises RequestError: 503 once closed or while the device
        hangs, 500 if the device fails.
        """
        if self._closing:
            raise RequestError(503, "The endpoint is stopping and takes no new work.")
        if self.hangs:
            raise RequestError(503, str(self.fault))
        waiting = _Waiting(images, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._note_change()
        try:
            return await waiting.future
        finally:
            # Still there only if the wait was cancelled.
            if waiting in self._waiting:
                self._waiting.remove(waiting)
                self._note_change()

    async def close(self) -> None:
        """Takes no new work, finishes what waits, and returns when the device is idle, or hangs."""
        self._closing = True
        self._note_change()
        await self._worker
        if self._hanging is not None:
            # Else its end, if it ever comes, would look for this event loop.
            self._hanging.cancel()

    def _note_change(self) -> None:
        self._metrics.queue_length.set(len(self._waiting))
        self._changed.set()

    async def _work(self) -> None:
        while not self.hangs and await self._batch_is_due():
            await self._run(self._take_batch())

    async def _batch_is_due(self) -> bool:
        """Waits until a batch should start; False once closed and empty."""
        while True:
            self._changed.clear()
            if not self._waiting:
                if self._closing:
                    return False
                await self._changed.wait()
                continue
            rest_s = self._waiting[0].since + self._delay_s - time.perf_counter()
            if rest_s <= 0 or self._closing or self._is_full():
                return True
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._changed.wait(), rest_s)

    def _is_full(self) -> bool:
        return sum(len(waiting.images) for waiting in self._waiting) >= self._max_batch

    def _take_batch(self) -> list[_Waiting]:
        batch: list[_Waiting] = []
        size = 0
        while self._waiting and size + len(self._waiting[0].images) <= self._max_batch:
            batch.append(self._waiting.popleft())
            size += len(batch[-1].images)
        self._note_change()
        return batch

    async def _run(self, batch: list[_Waiting]) -> None:
        size = sum(len(one.images) for one in batch)
        start = time.perf_counter()
        try:
            images = batch[0].images if len(batch) == 1 else np.concatenate([one.images for one in batch])
            top = await self._ask_device(images)
        except Exception as error:
            log.exception("The back end failed on a batch of %d images.", size)
            self._fail(batch, error)
            return
        device_s = time.perf_counter() - start
        self._failures = 0
        self._metrics.images.inc(size)
        self._metrics.batch_size.observe(size)
        self._metrics.device_seconds.observe(device_s)
        at = 0
        for one in batch:
            end = at + len(one.images)
            queue_s = start - one.since
            self._metrics.queue_seconds.observe(queue_s)
            if not one.future.done():
                one.future.set_result(Answer(top[at:end], 1e3 * queue_s, 1e3 * device_s, size))
            at = end

    async def _ask_device(self, images: Array) -> Array:
        """The back end's answer. Raises what it raises, and DeviceError if it hangs."""
        loop = asyncio.get_running_loop()
        answer = loop.run_in_executor(self._executor, self._backend.run, images)
        await asyncio.wait({answer}, timeout=self._device_timeout_s)
        if answer.done():
            return answer.result()
        self._hanging = answer
        answer.add_done_callback(self._came_back)
        raise DeviceError(str(self.fault))

    def _fail(self, batch: list[_Waiting], error: Exception) -> None:
        """Tells a failed batch; if the device hangs, all others too."""
        self._metrics.batch_failures.inc()
        self._failures += 1
        shown = str(error) if isinstance(error, DeviceError) else "The back end failed on this batch."
        if self.hangs:
            batch = [*batch, *self._waiting]
            self._waiting.clear()
            self._note_change()
        for one in batch:
            if not one.future.done():
                one.future.set_exception(RequestError(500, shown))

    def _came_back(self, answer: asyncio.Future[Array]) -> None:
        """Whoever waited for this answer has gone, but the thread takes work again."""
        if answer.cancelled():
            return
        self._hanging = None
        log.warning("The device came back after all.", exc_info=answer.exception())
        if not self._closing:
            self._worker = asyncio.ensure_future(self._work())
