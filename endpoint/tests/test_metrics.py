from __future__ import annotations

from typing import Callable

import numpy as np
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient
from support.requests import INFER, json_request
from support.stub import StubBackend, image


def samples(client: TestClient) -> dict[str, float]:
    """``name{label=value}`` to its number."""
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        sample.name + "".join(f"{{{name}={value}}}" for name, value in sample.labels.items()): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


def test_what_happened_is_counted(client: Callable[..., TestClient], stub: StubBackend) -> None:
    here = client(batch_delay_ms=0, token="secret")
    here.headers["Authorization"] = "Bearer secret"
    images = np.stack([image(1), image(2), image(3)])
    assert here.post(INFER, json=json_request(images)).status_code == 200
    assert here.post(INFER, json=json_request(images)).status_code == 200
    assert here.post(INFER, json={}).status_code == 400
    assert here.post(INFER, json={}, headers={"Authorization": "no"}).status_code == 401
    assert here.post("/v2/models/stub-model/versions/1/infer", json={}).status_code == 400
    # No inference, none of them.
    assert here.get(INFER).status_code == 405
    assert here.options(INFER).status_code == 405
    assert here.post("/v2/models/other/infer", json={}).status_code == 404
    stub.error = RuntimeError("broken")
    assert here.post(INFER, json=json_request(images)).status_code == 500

    found = samples(here)
    counted = {
        "streamscope_requests_total{status=200}": 2,
        "streamscope_requests_total{status=400}": 2,
        "streamscope_requests_total{status=401}": 1,
        "streamscope_requests_total{status=500}": 1,
        "streamscope_requests_total{status=404}": None,
        "streamscope_requests_total{status=405}": None,
        "streamscope_images_total": 6,
        "streamscope_batch_failures_total": 1,
        "streamscope_batch_size_bucket{le=2.0}": 0,
        "streamscope_batch_size_bucket{le=4.0}": 2,
        "streamscope_queue_seconds_count": 2,
        "streamscope_device_seconds_count": 2,
        "streamscope_queue_length": 0,
        "streamscope_dropped_total": 0,
    }
    assert {name: found.get(name) for name in counted} == counted
    assert any(name.startswith("streamscope_endpoint_info") and "{backend=stub}" in name for name in found)
