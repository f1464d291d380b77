"""The endpoint as a process: its socket, its signals, its end."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from types import FrameType

import uvicorn
from starlette.applications import Starlette

from .errors import SetupError
from .service import Service

#: How long connections may take to end after the queue is empty, seconds.
_GOODBYE_S = 5


def bind(host: str, port: int) -> socket.socket:
    """A socket bound to the address, so that a port in use shows before anything is loaded; port 0
    takes a free one. Raises SetupError.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, OverflowError, UnicodeError) as error:
        raise SetupError(f'"{host}" is no address of this machine: {error}.') from error
    listener = socket.socket(family, kind, protocol)
    # Else the port stays taken for a minute after a restart.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        # Listening now, because two sockets may share a port until one of them listens.
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise SetupError(
            f"Cannot listen on {host} port {port}: {error.strerror}. "
            "If another program has the port, end it or choose another with --port."
        ) from error
    return listener


def address_of(listener: socket.socket) -> str:
    """``http://127.0.0.1:8000``"""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class EndpointServer(uvicorn.Server):
    """uvicorn, except that a first SIGTERM or SIGINT drains the queue while the endpoint still
    listens and says that it is not ready; uvicorn alone would close the port at once.
    """

    def __init__(self, app: Starlette, listening: str) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_level="warning",
                lifespan="on",
                ws="none",
                timeout_graceful_shutdown=_GOODBYE_S,
            )
        )
        self._service: Service = app.state.service
        self._listening = listening
        self._loop: asyncio.AbstractEventLoop | None = None
        self._draining: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        if self.started:
            print(self._listening, flush=True)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._loop is None or not self.started or self._draining is not None:
            # A second signal, or one before there is anything to finish.
            super().handle_exit(sig, frame)
            return
        # A signal handler runs between any two steps of the loop; the loop has to be woken.
        self._loop.call_soon_threadsafe(self._start_draining)
        # Whoever read what this process says may be gone already.
        with contextlib.suppress(OSError):
            name = signal.Signals(sig).name
            print(f"{name}: finishing what is in the queue, then stopping.", flush=True)

    def _start_draining(self) -> None:
        if self._draining is None:
            self._draining = asyncio.ensure_future(self._drain())

    async def _drain(self) -> None:
        try:
            await self._service.drain()
        finally:
            self.should_exit = True
