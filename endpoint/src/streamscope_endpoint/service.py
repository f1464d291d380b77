"""What is behind the addresses: the back end, its queue, and whether they take work."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any, AsyncIterator, Callable, Iterator, TypeVar

from .backends import make_backend
from .backends.base import Backend
from .batching import DeviceQueue
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
    #: Reads large JSON beside the event loop. One thread: a few bytes of JSON can become many of
    #: memory, and only one request at a time may do that.
    reader: ThreadPoolExecutor


class Service:
    """Made empty; ``load`` or ``lifespan`` fills it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.loaded: Loaded | None = None
        self._queue: DeviceQueue | None = None
        self._admitted = 0
        self._stopping = False

    @asynccontextmanager
    async def lifespan(self, _app: object) -> AsyncIterator[None]:
        """Starlette's lifespan: loads, serves, and finishes what is in the queue."""
        loop = asyncio.get_running_loop()
        if self.loaded is None:
            await loop.run_in_executor(None, self.load)
        loaded = self.require_loaded()
        delay_s = self.settings.batch_delay_ms / 1e3
        self._queue = DeviceQueue(
            loaded.backend, loaded.device, loaded.metrics, self.settings.max_batch, delay_s
        )
        try:
            yield
        finally:
            await self.drain()
            await loop.run_in_executor(loaded.device, loaded.backend.close)
            loaded.device.shutdown()
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
        reader = ThreadPoolExecutor(1, thread_name_prefix="reader")
        self.loaded = Loaded(backend, Metrics(backend.info), device, reader)
        return self.loaded

    def require_loaded(self) -> Loaded:
        """Raises RequestError 503 as long as nothing is loaded."""
        if self.loaded is None:
            raise RequestError(503, "The endpoint is starting.", {"Retry-After": "1"})
        return self.loaded

    def is_ready(self) -> bool:
        """Does it take work?"""
        return self._queue is not None and not self._stopping

    @contextmanager
    def admit(self) -> Iterator[DeviceQueue]:
        """A place for one request, from before its body is read until it is answered: so bodies
        in memory are bounded too. Raises RequestError 503 if there is none.
        """
        if self._queue is None or self._stopping:
            raise RequestError(503, "The endpoint is starting or stopping.", {"Retry-After": "1"})
        if self._admitted >= self.settings.max_queue:
            raise RequestError(503, "The queue is full. Try again later.", {"Retry-After": "1"})
        self._admitted += 1
        try:
            yield self._queue
        finally:
            self._admitted -= 1

    async def read_aside(self, read: Callable[..., T], *arguments: Any) -> T:
        """Runs a slow reading beside the event loop, one at a time."""
        return await asyncio.get_running_loop().run_in_executor(
            self.require_loaded().reader, read, *arguments
        )

    async def drain(self) -> None:
        """From now on not ready and no new work; returns when the queue is empty and the device idle."""
        self._stopping = True
        if self._queue is not None:
            await self._queue.close()
