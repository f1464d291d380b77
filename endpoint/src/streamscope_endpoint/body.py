"""Reading requests' bodies, with bounds on their size, on their time, and on all of them together."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from .budget import ByteBudget, Share
from .errors import RequestError
from .settings import Settings


class BodyReader:
    """Reads the bodies of an app's requests. Lives in one event loop."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        #: Bytes are taken as they come: a length that is only stated takes nothing from the others.
        self.budget = ByteBudget(settings.max_total_bytes)
        #: One for each body that is being read, done when it is to be given up.
        self._stops: set[asyncio.Future[None]] = set()

    async def read(self, request: Request, share: Share) -> memoryview:
        """The whole body, uint8, read-only. Its bytes are taken from ``share``. Raises RequestError:
        413 as soon as it is known to be too large (by what it says, or by what came), 408 if it is
        not complete in time or pauses too long, 415 if it is compressed, 503 if the budget is spent
        or reading is stopped; and Starlette's ClientDisconnect.
        """
        most = self._settings.max_request_bytes
        _check_headers(request, most)
        loop = asyncio.get_running_loop()
        end = loop.time() + self._settings.body_timeout_s
        stop: asyncio.Future[None] = loop.create_future()
        self._stops.add(stop)
        body = bytearray()
        try:
            more = True
            while more:
                message = await self._next(request, stop, end - loop.time())
                chunk = message.get("body", b"")
                if len(body) + len(chunk) > most:
                    raise _too_large(most)
                share.take(len(chunk))
                body += chunk
                more = message.get("more_body", False)
        finally:
            self._stops.remove(stop)
        return memoryview(body).toreadonly()

    def stop(self) -> None:
        """Gives up the bodies that are being read now: their requests are answered 503."""
        for stop in self._stops:
            if not stop.done():
                stop.set_result(None)

    async def _next(self, request: Request, stop: asyncio.Future[None], left_s: float) -> Message:
        """The next part of the body; ``left_s`` is how long all the rest may take."""
        pause_s = self._settings.body_pause_s
        coming: asyncio.Future[Any] = asyncio.ensure_future(_receive(request))
        try:
            # What has come already, too, is too late: else a steady drip would never end.
            if left_s > 0:
                await asyncio.wait(
                    {coming, stop}, timeout=min(pause_s, left_s), return_when=asyncio.FIRST_COMPLETED
                )
            if coming.done():
                message: Message = coming.result()
                return message
        finally:
            coming.cancel()
            # With an error in it, it would keep this frame and the body, and this frame it.
            del coming
        closing = {"Connection": "close"}
        if stop.done():
            raise RequestError(503, "The endpoint is stopping.", {"Retry-After": "1", **closing})
        if left_s <= pause_s:
            sentence = f"The request was not complete after {self._settings.body_timeout_s:g} seconds."
        else:
            sentence = f"Nothing more of the request has come for {pause_s:g} seconds."
        raise RequestError(408, sentence, closing)


async def _receive(request: Request) -> Message:
    message = await request.receive()
    if message["type"] == "http.disconnect":
        raise ClientDisconnect
    return message


def _check_headers(request: Request, most: int) -> None:
    encoding = request.headers.get("content-encoding", "identity")
    if encoding != "identity":
        raise RequestError(415, f'The body is compressed ("{encoding}"). Send it as it is.')
    stated = request.headers.get("content-length", "0")
    # isdigit alone lets other scripts' digits through.
    if not (stated.isascii() and stated.isdigit()):
        raise RequestError(400, "Content-Length is not a number.")
    # Python reads no number of thousands of digits.
    if len(stated) > 15 or int(stated) > most:
        raise _too_large(most)


def _too_large(most: int) -> RequestError:
    return RequestError(413, f"The request is larger than {most} bytes. Send fewer images at a time.")
