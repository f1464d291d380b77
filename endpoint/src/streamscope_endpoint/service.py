"""What is behind the addresses: the back end, its queue, and whether they take work."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import AsyncIterator, Callable, Iterator, TypeVar

from .backends import make_backend
from .backends.base import Backend
from .batching import DeviceQueue
from .body import BodyReader
from .errors import RequestError
from .metrics import Metrics
from .settings import Settings

T = TypeVar("T")


@dataclass(frozen=True)
class Loaded:
    """What a service has once it is loaded."""

    backend: Backend
    metrics: Metrics
    #: The one thread that ever touches the back end.
    device: ThreadPoolExecutor
    #: Reads large JSON. One thread: a few bytes of JSON can become many of memory, and only one
    #: request at a time may do that.
    reader: ThreadPoolExecutor


class Service:
    """Made empty; ``load`` or ``lifespan`` fills it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.bodies = BodyReader(settings)
        self.loaded: Loaded | None = None
        self._queue: DeviceQueue | None = None
        self._admitted = 0
        self._stopping = False
        #: At the end, does the device's thread hang? Then Python's own end would wait for it for ever.
        self.abandoned = False

    @asynccontextmanager
    async def lifespan(self, _app: object) -> AsyncIterator[None]:
        """Starlette's lifespan: loads, serves, and finishes what is in the queue."""
        loop = asyncio.get_running_loop()
        if self.loaded is None:
            await loop.run_in_executor(None, self.load)
        loaded = self.require_loaded()
        self._queue = DeviceQueue(
            loaded.backend,
            loaded.device,
            loaded.metrics,
            self.settings.max_batch,
            self.settings.batch_delay_ms / 1e3,
            self.settings.device_timeout_s,
        )
        try:
            yield
        finally:
            await self.drain()
            await self._let_go(loaded)
            loaded.reader.shutdown()
            self.loaded = self._queue = None
            self._stopping = False

    def load(self) -> Loaded:
        """Makes the back end; a card takes a while. Raises SetupError."""
        device = ThreadPoolExecutor(1, thread_name_prefix="device")
        try:
            backend = device.submit(make_backend, self.settings).result()
        except BaseException:
            device.shutdown()
            raise
        metrics = Metrics(backend.info)
        metrics.body_bytes.set_function(lambda: self.bodies.budget.taken_bytes)
        reader = ThreadPoolExecutor(1, thread_name_prefix="reader")
        self.loaded = Loaded(backend, metrics, device, reader)
        return self.loaded

    def require_loaded(self) -> Loaded:
        """Raises RequestError 503 as long as nothing is loaded."""
        if self.loaded is None:
            raise RequestError(503, "The endpoint is starting.", {"Retry-After": "1"})
        return self.loaded

    def is_ready(self) -> bool:
        """Does it take work that can succeed?"""
        return self._queue is not None and not self._stopping and self.fault is None

    @property
    def fault(self) -> str | None:
        """What is wrong with the device, in a sentence; None if nothing is known."""
        return self._queue.fault if self._queue is not None else None

    def require_place(self) -> DeviceQueue:
        """The queue. Raises RequestError 503 if it has no place for another request."""
        if self._queue is None or self._stopping:
            raise RequestError(503, "The endpoint is starting or stopping.", {"Retry-After": "1"})
        if self._queue.hangs:
            raise RequestError(503, str(self._queue.fault))
        if self._admitted >= self.settings.max_queue:
            raise RequestError(503, "The queue is full. Try again later.", {"Retry-After": "1"})
        return self._queue

    @contextmanager
    def admit(self) -> Iterator[DeviceQueue]:
        """A place for one request that has been read, until it is answered. Raises RequestError 503
        if there is none.
        """
        queue = self.require_place()
        self._admitted += 1
        try:
            yield queue
        finally:
            self._admitted -= 1

    async def read_aside(self, read: Callable[[], T]) -> T:
        """Runs a slow reading in a thread of its own, one at a time. Cancelled before its turn, it
        does not run.
        """
        return await asyncio.get_running_loop().run_in_executor(self.require_loaded().reader, read)

    async def drain(self) -> None:
        """From now on not ready and no new work, and bodies half read are given up; returns when the
        queue is empty and the device idle.
        """
        self._stopping = True
        self.bodies.stop()
        if self._queue is not None:
            await self._queue.close()

    async def _let_go(self, loaded: Loaded) -> None:
        """Closes the back end, in its thread. A thread that hangs is left behind: see ``abandoned``."""
        assert self._queue is not None
        closing = asyncio.get_running_loop().run_in_executor(loaded.device, loaded.backend.close)
        timeout_s = 0 if self._queue.hangs else self.settings.device_timeout_s
        await asyncio.wait({closing}, timeout=timeout_s)
        self.abandoned = not closing.done()
        loaded.device.shutdown(wait=not self.abandoned)
        if self.abandoned:
            closing.cancel()
        else:
            closing.result()
