"""One card: the endpoint's ASGI app, as it is, in a Ray actor of its own."""

from __future__ import annotations

from dataclasses import replace

import ray

from ..app import create_app
from ..settings import Settings
from .claim import claim_card
from .exchange import WholeAnswer, WholeRequest, answer_of

#: The Ray resource of which a node has as many as cards: ``ray start --resources '{"U250": 2}'``.
RESOURCE = "U250"
#: The header that tells which card answered, by its number on its machine.
CARD_HEADER = b"streamscope-card"


class Card:
    """Ray Serve makes one per replica, and calls ``check_health`` and, at its end, ``__del__``: by
    then it routes no more requests here and those that were here are answered, so that the queue
    has drained.
    """

    # Ray Serve awaits it.
    async def __init__(self, settings: Settings) -> None:  # type: ignore[misc]
        self._claim = claim_card(_cards_of_this_node())
        self._app = create_app(replace(settings, device=self._claim.number))
        self._lifespan = self._app.router.lifespan_context(self._app)
        await self._lifespan.__aenter__()

    async def answer(self, request: WholeRequest) -> WholeAnswer:
        """What the endpoint's app answers, and the number of its card."""
        answer = await answer_of(self._app, request)
        card = (CARD_HEADER, str(self._claim.number).encode())
        return replace(answer, headers=(*answer.headers, card))

    async def check_health(self) -> None:
        """Raises if the endpoint is not ready; Ray Serve then replaces this replica."""
        ready = await answer_of(self._app, WholeRequest("GET", "/v2/health/ready"))
        if ready.status != 200:
            raise RuntimeError(f"Card {self._claim.number} is not ready: {ready.body.decode()}")

    async def __del__(self) -> None:
        await self._lifespan.__aexit__(None, None, None)
        self._claim.release()


def _cards_of_this_node() -> int:
    here = ray.get_runtime_context().get_node_id()
    nodes = ray.nodes()  # type: ignore[no-untyped-call]
    return next(int(node["Resources"].get(RESOURCE, 0)) for node in nodes if node["NodeID"] == here)
