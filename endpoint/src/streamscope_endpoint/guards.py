"""ASGI middleware for what must hold for every request: it is counted, and it gets an answer."""

from __future__ import annotations

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .errors import RequestError
from .protocol import MODEL_VERSION
from .responses import error_response
from .service import Service

log = logging.getLogger(__name__)


class CountRequests:
    """Counts inference requests for the model by status, refused ones too."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        loaded = self._service.loaded
        if loaded is None or not _is_inference(scope, loaded.backend.info.model_name):
            await self._app(scope, receive, send)
            return

        async def count(message: Message) -> None:
            if message["type"] == "http.response.start":
                loaded.metrics.requests.labels(str(message["status"])).inc()
            await send(message)

        await self._app(scope, receive, count)


def _is_inference(scope: Scope, model: str) -> bool:
    if scope["type"] != "http" or scope["method"] != "POST":
        return False
    path = f"/v2/models/{model}"
    return scope["path"] in (f"{path}/infer", f"{path}/versions/{MODEL_VERSION}/infer")


class AnswerAlways:
    """Turns an exception nobody expected into a 500 without its inside, and logs it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def note_start(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, note_start)
        except Exception:
            log.exception("%s %s failed.", scope["method"], scope["path"])
            if not started:
                error = RequestError(500, "The endpoint failed on this request; its log says more.")
                await error_response(error)(scope, receive, send)
