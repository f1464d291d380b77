"""Who may ask: pages of configured origins, holders of the token. ASGI middleware."""

from __future__ import annotations

import hmac
from typing import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .errors import RequestError
from .protocol import HEADER_LENGTH
from .responses import error_response

#: Probes of an orchestrator carry no token, and these say nothing but yes or no.
_OPEN_PATHS = ("/v2/health/live", "/v2/health/ready")


class Origins:
    """CORS for the configured origins; any other page is refused, whatever it asks.

    Leaving CORS headers out would only keep the answer from the page: the request itself would
    run, since a browser sends a plain POST without asking first.
    """

    def __init__(self, app: ASGIApp, allowed: Sequence[str]) -> None:
        self._app = app
        self._allowed = frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        origin = headers.get("origin")
        if origin is None:
            await self._app(scope, receive, send)
            return
        if not self._allowed & {origin, "*"}:
            message = f"Pages of {origin} may not use this endpoint. Start it with --allow-origin {origin}."
            await error_response(RequestError(403, message))(scope, receive, send)
            return

        async def send_with_cors(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                answer["Access-Control-Allow-Origin"] = origin
                answer["Access-Control-Expose-Headers"] = f"{HEADER_LENGTH}, Retry-After"
                answer.add_vary_header("Origin")
            await send(message)

        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await _preflight(headers)(scope, receive, send_with_cors)
        else:
            await self._app(scope, receive, send_with_cors)


def _preflight(headers: Headers) -> Response:
    answer = {
        "Access-Control-Allow-Methods": "GET, POST",
        "Access-Control-Allow-Headers": f"Authorization, Content-Type, {HEADER_LENGTH}",
        "Access-Control-Max-Age": "600",
    }
    # Chrome asks so before a public page reaches into a private network.
    if headers.get("access-control-request-private-network") == "true":
        answer["Access-Control-Allow-Private-Network"] = "true"
    return Response(status_code=204, headers=answer)


class Token:
    """Wants ``Authorization: Bearer <token>`` of every request but the health probes."""

    def __init__(self, app: ASGIApp, token: str | None) -> None:
        self._app = app
        self._expected = token and token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app: ASGIApp = self._app
        if self._expected and scope["type"] == "http" and scope["path"] not in _OPEN_PATHS:
            given = Headers(scope=scope).get("authorization", "").encode("latin-1")
            scheme, _, token = given.partition(b" ")
            # Takes as long for a wrong token as for a nearly right one.
            if scheme.lower() != b"bearer" or not hmac.compare_digest(token.strip(b" "), self._expected):
                message = "This endpoint needs its token: Authorization: Bearer <token>."
                app = error_response(RequestError(401, message, {"WWW-Authenticate": "Bearer"}))
        await app(scope, receive, send)
