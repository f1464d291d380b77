"""Answers that are not an inference's."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from .errors import RequestError

#: Nobody reads it: the client has gone. The number is for the log and the metrics.
CLIENT_GONE = 499


def error_response(error: RequestError) -> Response:
    """An error as the protocol has it: ``{"error": "..."}``."""
    return JSONResponse({"error": error.message}, error.status, error.headers)


async def on_request_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestError)
    return error_response(error)


async def on_http_exception(request: Request, error: Exception) -> Response:
    """Starlette's own errors (no such address, wrong method) in the protocol's form."""
    assert isinstance(error, HTTPException)
    # Not request.url, which is made with the header Host, whatever the client wrote there.
    path = request.scope["path"]
    sentences = {
        404: f"There is nothing at {path}.",
        405: f"{path} does not take {request.method}.",
    }
    message = sentences.get(error.status_code, error.detail)
    return error_response(RequestError(error.status_code, message, dict(error.headers or {})))
