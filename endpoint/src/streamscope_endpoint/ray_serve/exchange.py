"""HTTP requests and answers as plain values, which travel between processes and can be sent again."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Tuple

from starlette.types import ASGIApp, Message, Scope

#: Names in lower case, as ASGI has them.
Headers = Tuple[Tuple[bytes, bytes], ...]


@dataclass(frozen=True)
class WholeRequest:
    """A request that has been read to its end."""

    method: str
    path: str
    query: bytes = b""
    headers: Headers = ()
    body: bytes = b""


@dataclass(frozen=True)
class WholeAnswer:
    """An answer that has been written to its end."""

    status: int
    headers: Headers
    body: bytes


async def answer_of(app: ASGIApp, request: WholeRequest) -> WholeAnswer:
    """What an ASGI app answers. For the app the client stays until then; cancel the call if it goes."""
    unread = True
    status = 0
    headers: Headers = ()
    body = bytearray()

    async def receive() -> Message:
        nonlocal unread
        if not unread:
            await asyncio.get_running_loop().create_future()
        unread = False
        return {"type": "http.request", "body": request.body, "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status = message["status"]
            headers = tuple((bytes(name), bytes(value)) for name, value in message.get("headers", ()))
        else:
            body.extend(message.get("body", b""))

    await app(_scope(request), receive, send)
    return WholeAnswer(status, headers, bytes(body))


def _scope(request: WholeRequest) -> Scope:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": request.path,
        "raw_path": request.path.encode(),
        "query_string": request.query,
        "root_path": "",
        "headers": list(request.headers),
        "client": None,
        "server": None,
    }
