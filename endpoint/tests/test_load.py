"""Fifty clients at a time: nothing is lost, nothing is mixed up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import httpx
import numpy as np
from support.live import live_server
from support.requests import INFER, binary_request
from support.stub import StubBackend, answer, image

from streamscope_endpoint.app import create_app
from streamscope_endpoint.settings import Settings

CLIENTS = 50
REQUESTS_EACH = 20


def test_every_client_gets_its_own_answers(stub: StubBackend) -> None:
    with live_server(create_app(Settings(max_batch=16, batch_delay_ms=1))) as server:

        def work(number: int) -> int:
            """Sends images that nobody else sends, one to three a request, and checks each answer."""
            sent = 0
            with httpx.Client(base_url=server.url, timeout=60) as client:
                for turn in range(REQUESTS_EACH):
                    count = 1 + (number + turn) % 3
                    first = 3 * (number * REQUESTS_EACH + turn)
                    images = np.stack([image(first + i) for i in range(count)])
                    body, headers = binary_request(images, {"id": f"{number}-{turn}"})
                    reply = client.post(INFER, content=body, headers=headers).json()
                    assert reply["id"] == f"{number}-{turn}"
                    assert reply["outputs"][0]["data"] == answer(images).reshape(-1).tolist()
                    sent += count
            return sent

        with ThreadPoolExecutor(CLIENTS) as pool:
            sent = sum(pool.map(work, range(CLIENTS)))

    # Each image came to the device once, and they came in batches.
    seen = np.concatenate(stub.batches).reshape(-1, 12)
    assert len(seen) == len(np.unique(seen, axis=0)) == sent
    assert max(len(batch) for batch in stub.batches) > 3
    assert all(len(batch) <= 16 for batch in stub.batches)
