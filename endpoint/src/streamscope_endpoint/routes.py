"""The addresses of the endpoint."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any, Coroutine, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from . import protocol
from .backends.base import BackendInfo
from .binary import json_length
from .budget import Share
from .errors import RequestError
from .responses import CLIENT_GONE
from .service import Service

T = TypeVar("T")

#: JSON above this is read in another thread, where requests wait for their turn and can be given up
#: until then. The parser itself holds the interpreter's lock, and with it the event loop, so that
#: ``max_json_bytes`` bounds how long the others wait.
_LARGE_JSON_BYTES = 64 * 1024


class Routes:
    """Handlers around a service."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def table(self) -> list[Route]:
        routes = [
            Route("/v2", self.server),
            Route("/v2/", self.server),
            Route("/v2/health/live", self.live),
            Route("/v2/health/ready", self.ready),
            Route("/metrics", self.metrics),
        ]
        for model in ("/v2/models/{name}", "/v2/models/{name}/versions/{version}"):
            routes += [
                Route(model, self.model),
                Route(f"{model}/ready", self.model_ready),
                Route(f"{model}/infer", self.infer, methods=["POST"]),
            ]
        return routes

    async def live(self, _request: Request) -> Response:
        # Not with a fault: what fails its liveness probe is started again.
        return self._health("live", self._service.fault is None)

    async def ready(self, _request: Request) -> Response:
        return self._health("ready", self._service.is_ready())

    def _health(self, what: str, good: bool) -> Response:
        fault = self._service.fault
        return JSONResponse({what: good, **({"error": fault} if fault else {})}, 200 if good else 503)

    async def server(self, _request: Request) -> Response:
        return JSONResponse(protocol.server_metadata(self._service.require_loaded().backend.info))

    async def model(self, request: Request) -> Response:
        info = self._model_of(request)
        return JSONResponse(protocol.model_metadata(info, self._service.settings.max_batch))

    async def model_ready(self, request: Request) -> Response:
        name = self._model_of(request).model_name
        ready = self._service.is_ready()
        return JSONResponse({"name": name, "ready": ready}, 200 if ready else 503)

    async def metrics(self, _request: Request) -> Response:
        return Response(self._service.require_loaded().metrics.text(), media_type="text/plain; version=0.0.4")

    async def infer(self, request: Request) -> Response:
        info = self._model_of(request)
        service = self._service
        try:
            # Asked before, too, so that no body is sent in vain.
            service.require_place()
            with service.bodies.budget.share() as share:
                wanted = await self._read(request, share, info)
                with service.admit() as queue:
                    answer = await _while_connected(request, queue.submit(wanted.images))
        except ClientDisconnect:
            self._service.require_loaded().metrics.dropped.inc()
            return Response(status_code=CLIENT_GONE)
        content, head = protocol.write_answer(answer, wanted, info)
        if head is None:
            return Response(content, media_type="application/json")
        headers = {protocol.HEADER_LENGTH: str(head)}
        return Response(content, media_type="application/octet-stream", headers=headers)

    async def _read(self, request: Request, share: Share, info: BackendInfo) -> protocol.InferRequest:
        """Reads and checks a request. A body of JSON is in memory no longer than this."""
        settings = self._service.settings
        body = await self._service.bodies.read(request, share)
        json_bytes = json_length(request.headers, protocol.HEADER_LENGTH, len(body))
        json_size = len(body) if json_bytes is None else json_bytes
        if json_size > settings.max_json_bytes:
            raise RequestError(
                413,
                f"The request has more than {settings.max_json_bytes} bytes of JSON. "
                "Send the images as binary tensor data.",
            )
        read = partial(protocol.read_request, body, json_bytes, info, settings.max_batch)
        try:
            if json_size <= _LARGE_JSON_BYTES:
                return read()
            return await _while_connected(request, self._service.read_aside(read))
        except MemoryError:
            sentence = "There is no memory for this request. Send the images as binary tensor data, or fewer."
            raise RequestError(413, sentence) from None

    def _model_of(self, request: Request) -> BackendInfo:
        """What the back end says of itself, if the address names its model. Raises RequestError 404."""
        info = self._service.require_loaded().backend.info
        name, version = request.path_params["name"], request.path_params.get("version")
        if name != info.model_name:
            raise RequestError(
                404, f'There is no model "{name}" here; this endpoint has "{info.model_name}".'
            )
        if version not in (None, protocol.MODEL_VERSION):
            raise RequestError(404, f'"{name}" has no version "{version}", only {protocol.MODEL_VERSION}.')
        return info


async def _while_connected(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """Awaits work, and cancels it if the client goes away first (raises ClientDisconnect). The
    request's body must have been read.
    """
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_disconnected(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise ClientDisconnect
        return task.result()
    finally:
        task.cancel()
        gone.cancel()
        # With an error in it, it would keep this frame and the body, and this frame it.
        del task


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
