"""Reading a request's body, with a bound on its size and on the time it takes."""

from __future__ import annotations

import asyncio
import time

from starlette.requests import Request

from .errors import RequestError


async def read_body(request: Request, max_bytes: int, timeout_s: float) -> bytes:
    """The whole body. Raises RequestError: 413 as soon as it is known to be too large (by what it
    says, or by what came), 408 if it is not complete in time, 415 if it is compressed; and
    Starlette's ClientDisconnect.
    """
    encoding = request.headers.get("content-encoding", "identity")
    if encoding != "identity":
        raise RequestError(415, f'The body is compressed ("{encoding}"). Send it as it is.')
    too_large = RequestError(
        413, f"The request is larger than {max_bytes} bytes. Send fewer images at a time."
    )
    stated = request.headers.get("content-length", "0")
    if not stated.isdigit():
        raise RequestError(400, "Content-Length is not a number.")
    if int(stated) > max_bytes:
        raise too_large
    body = bytearray()
    chunks = request.stream().__aiter__()
    end = time.monotonic() + timeout_s
    while True:
        try:
            chunk = await asyncio.wait_for(chunks.__anext__(), end - time.monotonic())
        except StopAsyncIteration:
            return bytes(body)
        except asyncio.TimeoutError:
            message = f"The request was not complete after {timeout_s:g} seconds."
            raise RequestError(408, message, {"Connection": "close"}) from None
        body += chunk
        if len(body) > max_bytes:
            raise too_large
