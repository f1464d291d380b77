"""Asking one of several cards, and another if it dies."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from ray.exceptions import RayActorError
from ray.serve.exceptions import DeploymentUnavailableError
from ray.serve.handle import DeploymentHandle

from ..errors import RequestError
from .exchange import WholeAnswer, WholeRequest

log = logging.getLogger(__name__)

#: How many cards may die under a request before it is taken for the cause.
MOST_CARDS_A_REQUEST = 3
#: Probes want a no in time rather than a yes later.
HEALTH_TIMEOUT_S = 5.0


class AskCards:
    """Has a request answered by the card that Ray Serve chooses, and by another if that one dies.

    Ray Serve itself gives up a request whose replica dies under it. To send it again is safe: an
    answer depends on nothing but its request.
    """

    def __init__(self, cards: DeploymentHandle[Any]) -> None:
        self._cards = cards

    async def __call__(self, request: WholeRequest) -> WholeAnswer:
        timeout_s = HEALTH_TIMEOUT_S if request.path.startswith("/v2/health/") else None
        try:
            return await asyncio.wait_for(self._ask(request), timeout_s)
        except asyncio.TimeoutError:
            raise RequestError(503, "No card answers.", {"Retry-After": "1"}) from None

    async def _ask(self, request: WholeRequest) -> WholeAnswer:
        for _ in range(MOST_CARDS_A_REQUEST):
            try:
                answer: WholeAnswer = await self._cards.answer.remote(request)
                return answer
            except RayActorError as error:
                log.warning("A card died under %s %s: %s", request.method, request.path, error)
            except DeploymentUnavailableError as error:
                raise RequestError(503, "No card is up.", {"Retry-After": "5"}) from error
        raise RequestError(500, f"{MOST_CARDS_A_REQUEST} cards died under this request.")
