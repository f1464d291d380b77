"""What stands before the cards: it refuses what they would refuse, and passes on the rest."""

from __future__ import annotations

from typing import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from ..access import Origins, Token
from ..body import BodyReader
from ..errors import RequestError
from ..guards import AnswerAlways
from ..responses import CLIENT_GONE, on_http_exception, on_request_error
from ..settings import Settings
from .exchange import WholeAnswer, WholeRequest

Ask = Callable[[WholeRequest], Awaitable[WholeAnswer]]


def front_app(settings: Settings, ask: Ask) -> Starlette:
    """An ASGI app that reads each request whole and has it answered by ``ask``. Who may not ask,
    and what is too large or too slow, is refused before a card hears of it.
    """

    bodies = BodyReader(settings)

    async def forward(request: Request) -> Response:
        with bodies.budget.share() as share:
            try:
                body = bytes(await bodies.read(request, share))
            except ClientDisconnect:
                return Response(status_code=CLIENT_GONE)
            answer = await ask(_whole(request, body))
        response = Response(answer.body, answer.status)
        response.raw_headers = list(answer.headers)
        return response

    async def metrics(_request: Request) -> Response:
        raise RequestError(404, "Metrics are of one card; with several, ask Ray for those of the replicas.")

    app = Starlette(
        routes=[
            Route("/metrics", metrics),
            Route("/{path:path}", forward, methods=["GET", "POST"]),
        ],
        middleware=[
            Middleware(Origins, allowed=settings.allow_origins),
            Middleware(AnswerAlways),
            Middleware(Token, token=settings.token),
        ],
        exception_handlers={RequestError: on_request_error, HTTPException: on_http_exception},
    )
    app.router.redirect_slashes = False
    return app


def _whole(request: Request, body: bytes) -> WholeRequest:
    # The question of the origin has been settled here, with the headers that the page needs.
    headers = tuple((name, value) for name, value in request.headers.raw if name != b"origin")
    path = f"/{request.path_params['path']}"
    return WholeRequest(request.method, path, request.scope["query_string"], headers, body)
