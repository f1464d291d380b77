"""The Ray Serve application: a front and one replica a card."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any, Mapping

from ray import serve
from ray.serve import Application
from starlette.applications import Starlette

from ..errors import SetupError
from ..settings import Settings
from .ask_cards import AskCards
from .card import RESOURCE, Card
from .front import front_app

#: Requests that a card takes beside those in its queue: metadata and health.
_BESIDE_QUEUE = 16


def build(options: Mapping[str, Any]) -> Application:
    """The application for ``serve run streamscope_endpoint.ray_serve.application:build``. ``options`` are the
    fields of ``Settings`` and ``cards``, how many to use; ``token_file`` names a file with the
    token, as on the command line. Raises SetupError.
    """
    options = dict(options)
    cards = int(options.pop("cards", 1))
    settings = _settings(options)
    # The queue's own bound answers first, in words, and with the headers that a page needs.
    at_a_time = settings.max_queue + _BESIDE_QUEUE
    card = serve.deployment(
        name="Card",
        num_replicas=cards,
        max_ongoing_requests=at_a_time,
        ray_actor_options={"num_cpus": 1, "resources": {RESOURCE: 1}},
        health_check_period_s=5,
        graceful_shutdown_timeout_s=60,
    )(Card).bind(settings)

    def front() -> Starlette:
        app_name = serve.get_replica_context().app_name
        return front_app(settings, AskCards(serve.get_deployment_handle("Card", app_name)))

    return serve.deployment(
        name="Front",
        max_ongoing_requests=cards * at_a_time,
        ray_actor_options={"num_cpus": 0},
        graceful_shutdown_timeout_s=60,
    )(serve.ingress(front)()).bind(card)


def _settings(options: dict[str, Any]) -> Settings:
    token_file = options.pop("token_file", None)
    unknown = options.keys() - {field.name for field in fields(Settings)} | options.keys() & {"device"}
    if unknown:
        raise SetupError(f"The endpoint on Ray has no such option: {', '.join(sorted(unknown))}.")
    if token_file is not None:
        try:
            options["token"] = Path(token_file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SetupError(f"The token file {token_file} cannot be read: {error}.") from error
    if "allow_origins" in options:
        options["allow_origins"] = tuple(options["allow_origins"])
    return Settings(**options)
