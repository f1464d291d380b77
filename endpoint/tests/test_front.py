"""What stands before the cards, with a card that tells what it was asked."""

from __future__ import annotations

import asyncio
from typing import Any, Callable

import pytest
from starlette.testclient import TestClient
from support.stub import IMAGE_BYTES, StubBackend

from streamscope_endpoint.app import create_app
from streamscope_endpoint.ray_serve.exchange import WholeAnswer, WholeRequest, answer_of
from streamscope_endpoint.ray_serve.front import front_app
from streamscope_endpoint.settings import Settings

PAGE = "http://page.example"
INFER = "/v2/models/stub-model/infer"


@pytest.fixture
def asked() -> list[WholeRequest]:
    """What the card was asked."""
    return []


@pytest.fixture
def front(asked: list[WholeRequest]) -> Callable[..., TestClient]:
    """Makes clients of a front over a card that only says hello."""

    async def ask(request: WholeRequest) -> WholeAnswer:
        asked.append(request)
        return WholeAnswer(418, ((b"x-card", b"7"), (b"content-length", b"5")), b"hello")

    def make(**settings: Any) -> TestClient:
        return TestClient(front_app(Settings(**settings), ask), raise_server_exceptions=False)

    return make


def test_a_request_comes_whole_to_the_card_and_its_answer_back(
    front: Callable[..., TestClient], asked: list[WholeRequest]
) -> None:
    client = front(allow_origins=(PAGE,))
    answer = client.post("/v2/a%20b?c=d", content=[b"in ", b"parts"], headers={"Origin": PAGE, "X-Y": "z"})
    assert (answer.status_code, answer.content, answer.headers["x-card"]) == (418, b"hello", "7")
    assert answer.headers.get_list("access-control-allow-origin") == [PAGE]
    (request,) = asked
    assert (request.method, request.path, request.query) == ("POST", "/v2/a b", b"c=d")
    assert request.body == b"in parts"
    assert (b"x-y", b"z") in request.headers
    # Else the card would answer the question of the origin once more.
    assert b"origin" not in dict(request.headers)


@pytest.mark.parametrize(
    ("settings", "headers", "body", "status"),
    [
        ({"allow_origins": (PAGE,)}, {"Origin": "http://other.example"}, b"", 403),
        ({"token": "secret"}, {}, b"", 401),
        ({"token": "secret"}, {"Authorization": "Bearer wrong"}, b"", 401),
        ({"max_request_bytes": 10}, {}, b"eleven byte", 413),
        ({}, {"Content-Encoding": "gzip"}, b"", 415),
    ],
)
def test_what_a_card_would_refuse_never_comes_to_one(
    front: Callable[..., TestClient],
    asked: list[WholeRequest],
    settings: dict[str, Any],
    headers: dict[str, str],
    body: bytes,
    status: int,
) -> None:
    answer = front(**settings).post(INFER, content=body, headers=headers)
    assert answer.status_code == status
    assert answer.json()["error"]
    assert asked == []


def test_the_page_learns_of_a_front_that_failed() -> None:
    async def ask(_request: WholeRequest) -> WholeAnswer:
        raise RuntimeError("no such card")

    client = TestClient(front_app(Settings(allow_origins=(PAGE,)), ask), raise_server_exceptions=False)
    answer = client.get("/v2", headers={"Origin": PAGE})
    assert answer.status_code == 500
    assert "no such card" not in answer.text
    assert answer.headers["access-control-allow-origin"] == PAGE


def test_the_endpoints_app_answers_whole_requests_as_it_is(stub: StubBackend) -> None:
    async def exchange() -> list[WholeAnswer]:
        app = create_app(Settings(batch_delay_ms=0))
        async with app.router.lifespan_context(app):
            ready = await answer_of(app, WholeRequest("GET", "/v2/health/ready"))
            raw = ((b"inference-header-content-length", b"0"),)
            image = bytes(range(IMAGE_BYTES))
            return [ready, await answer_of(app, WholeRequest("POST", INFER, headers=raw, body=image))]

    ready, inferred = asyncio.run(exchange())
    assert (ready.status, ready.body) == (200, b'{"ready":true}')
    assert inferred.status == 200
    assert inferred.body.endswith(bytes([0, 0, 1, 0, 2, 0, 3, 0, 4, 0]))
    assert stub.closed
