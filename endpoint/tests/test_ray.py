"""Two pretended cards on a local Ray: load on both, and one killed under it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any, Iterator

import numpy as np
import pytest
from support.packages import PackageWriter

from streamscope_endpoint.arrays import Array

# Ray's own imports warn.
pytestmark = pytest.mark.filterwarnings("ignore")

PAGE = "http://localhost:4173"
CLIENTS = 8
#: Two images are more than Ray sends beside a call: as with real ones, they go through its store.
CLASSES = 60_000


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    pytest.importorskip("ray", reason="Ray is not installed: pip install -e '.[ray]'")
    from support.ray_cluster import two_cards

    folder = tmp_path_factory.mktemp("model")
    chain = PackageWriter([1, 1, 1, CLASSES], "UINT8")
    chain.node("LabelSelect", [1, 5], "UINT16", labels=CLASSES, k=5).write(folder)
    options = {
        "model": str(folder),
        "allow_origins": [PAGE],
        # So long do requests lie in a card's queue: it can be killed with some in its hands.
        "batch_delay_ms": 500,
    }
    with two_cards(tmp_path_factory.mktemp("locks"), options) as cluster:
        yield cluster


def brightest(requests: int) -> Array:
    """Which five values are the brightest in both images of each request, ``[requests, 2, 5]``."""
    return np.random.default_rng(5).permutation(CLASSES)[: requests * 10].reshape(requests, 2, 5)


def images_of(tops: Array) -> Array:
    """Two black images with five lit values each: uint8 ``[2, CLASSES]``."""
    images = np.zeros((2, CLASSES), np.uint8)
    np.put_along_axis(images, tops, np.array([255, 254, 253, 252, 251], np.uint8), axis=1)
    return images


def until_both_cards_answer(cluster: Any, clients: ThreadPoolExecutor) -> None:
    images = [images_of(one) for one in brightest(CLIENTS)]
    cards: set[str | None] = set()
    while cards != {"0", "1"}:
        cards = {reply.card for reply in clients.map(cluster.infer, images)}


def test_no_request_is_lost_when_a_card_dies(cluster: Any) -> None:
    tops = brightest(4 * CLIENTS)
    name, victim = next(iter(cluster.cards().items()))
    with ThreadPoolExecutor(CLIENTS) as clients:
        until_both_cards_answer(cluster, clients)
        asked = [clients.submit(cluster.infer, images_of(one)) for one in tops]
        while cluster.requests_at(victim) == 0:
            assert not all(request.done() for request in asked)
        cluster.kill(victim)
        replies = [request.result() for request in asked]
    assert [reply.status for reply in replies] == [200] * len(tops)
    assert [reply.top() for reply in replies] == tops.tolist()
    assert name not in cluster.cards()


def test_the_dead_card_is_replaced(cluster: Any) -> None:
    with ThreadPoolExecutor(CLIENTS) as clients:
        until_both_cards_answer(cluster, clients)
    assert len(cluster.cards()) == 2


def test_the_page_may_read_answers_and_refusals(cluster: Any) -> None:
    refused = cluster.ask("POST", "/v2/models/other/infer", b"{}", {"Origin": PAGE})
    assert refused.status == 404
    assert refused.headers.get_all("Access-Control-Allow-Origin") == [PAGE]
    assert cluster.ask("GET", "/v2", headers={"Origin": "http://elsewhere"}).status == 403


def test_what_is_of_one_card_is_not_told_of_all(cluster: Any) -> None:
    assert cluster.ask("GET", "/v2/health/ready").status == 200
    assert cluster.ask("GET", "/metrics").status == 404


def test_what_is_in_hand_is_answered_before_the_end(cluster: Any) -> None:
    tops = brightest(CLIENTS)
    cards = cluster.cards().values()
    with ThreadPoolExecutor(CLIENTS) as clients:
        asked = [clients.submit(cluster.infer, images_of(one)) for one in tops]
        arrived = 0
        while arrived < CLIENTS:
            arrived = sum(request.done() for request in asked) + sum(map(cluster.requests_at, cards))
        cluster.delete()
        replies = [request.result() for request in asked]
    assert [reply.status for reply in replies] == [200] * CLIENTS
    assert [reply.top() for reply in replies] == tops.tolist()
    assert cluster.cards() == {}
