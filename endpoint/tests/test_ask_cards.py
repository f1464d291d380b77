"""Cards that die under a request, as the front sees it."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from streamscope_endpoint.errors import RequestError
from streamscope_endpoint.ray_serve.exchange import WholeAnswer, WholeRequest

pytestmark = pytest.mark.filterwarnings("ignore")

REQUEST = WholeRequest("POST", "/v2/models/m/infer", body=b"image")
ANSWER = WholeAnswer(200, (), b"answer")


def ask_cards(*fates: Any) -> Any:
    """A front's view of cards that meet these fates: an answer, or the exception to raise."""
    pytest.importorskip("ray", reason="Ray is not installed: pip install -e '.[ray]'")
    from streamscope_endpoint.ray_serve.ask_cards import AskCards

    left = list(fates)

    async def remote(request: WholeRequest) -> WholeAnswer:
        assert request is REQUEST
        fate = left.pop(0)
        if isinstance(fate, Exception):
            raise fate
        return fate

    return AskCards(SimpleNamespace(answer=SimpleNamespace(remote=remote)))  # type: ignore[arg-type]


def died() -> Exception:
    exceptions = pytest.importorskip("ray.exceptions")
    error: Exception = exceptions.ActorDiedError()
    return error


def test_another_card_answers() -> None:
    assert asyncio.run(ask_cards(died(), died(), ANSWER)(REQUEST)) == ANSWER


def test_a_request_that_kills_cards_is_given_up() -> None:
    with pytest.raises(RequestError, match="3 cards died under this request") as refused:
        asyncio.run(ask_cards(died(), died(), died(), ANSWER)(REQUEST))
    assert refused.value.status == 500


def test_what_a_card_itself_raises_is_not_asked_again() -> None:
    with pytest.raises(ValueError, match="a defect"):
        asyncio.run(ask_cards(ValueError("a defect"), ANSWER)(REQUEST))


def test_a_probe_gets_its_no_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    cards = ask_cards()
    from streamscope_endpoint.ray_serve import ask_cards as module

    async def never(_request: WholeRequest) -> WholeAnswer:
        await asyncio.get_running_loop().create_future()
        raise AssertionError

    monkeypatch.setattr(module, "HEALTH_TIMEOUT_S", 0)
    monkeypatch.setattr(cards, "_ask", never)
    with pytest.raises(RequestError, match="No card answers") as refused:
        asyncio.run(cards(WholeRequest("GET", "/v2/health/ready")))
    assert refused.value.status == 503
