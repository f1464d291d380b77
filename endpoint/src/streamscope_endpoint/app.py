"""The ASGI app."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from .access import Origins, Token
from .errors import RequestError
from .guards import AnswerAlways, CountRequests
from .responses import on_http_exception, on_request_error
from .routes import Routes
from .service import Service
from .settings import Settings


def create_app(settings: Settings) -> Starlette:
    """The endpoint as an ASGI app. Nothing is loaded yet: the back end comes up in the app's
    lifespan. One app, one card. Settings can be pickled, so that ``partial(create_app, settings)``
    makes the app in another process. ``app.state.service`` is the ``Service`` behind it.
    """
    service = Service(settings)
    app = Starlette(
        routes=Routes(service).table(),
        lifespan=service.lifespan,
        # From the outside in: what refuses a request is counted, and a page may read why.
        middleware=[
            Middleware(CountRequests, service=service),
            Middleware(Origins, allowed=settings.allow_origins),
            Middleware(AnswerAlways),
            Middleware(Token, token=settings.token),
        ],
        exception_handlers={RequestError: on_request_error, HTTPException: on_http_exception},
    )
    # A redirect would lose the token or the body, and the app follows none.
    app.router.redirect_slashes = False
    app.state.service = service
    return app
