from __future__ import annotations

import logging
from typing import Callable

import numpy as np
import pytest
from starlette.testclient import TestClient
from support.requests import INFER, json_request
from support.stub import StubBackend, image

from streamscope_endpoint.errors import DeviceError
from streamscope_endpoint.protocol import HEADER_LENGTH

Client = Callable[..., TestClient]

PAGE = "https://streamscope.example"
REQUEST = json_request(image(1)[np.newaxis])
PREFLIGHT = {
    "Origin": PAGE,
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type,inference-header-content-length",
}


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer secre",
        "Bearer secret2",
        "Bearersecret",
        "bearer Secret",
        "Basic secret",
        "secré",
    ],
)
def test_without_the_token_nothing_is_answered(client: Client, authorization: str | None) -> None:
    here = client(token="secret")
    headers = {} if authorization is None else {"Authorization": authorization.encode("latin-1")}
    for path in ("/v2", "/v2/models/stub-model", "/v2/models/stub-model/ready", "/metrics", "/nowhere"):
        assert here.get(path, headers=headers).status_code == 401
    response = here.post(INFER, json=REQUEST, headers=headers)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert "token" in response.json()["error"]


@pytest.mark.parametrize("authorization", ["Bearer secret", "bearer secret", "BEARER  secret"])
def test_with_the_token_all_is_answered(client: Client, authorization: str) -> None:
    here = client(token="secret")
    here.headers["Authorization"] = authorization
    assert here.get("/v2").status_code == 200
    assert here.post(INFER, json=REQUEST).status_code == 200


def test_health_probes_need_no_token(client: Client) -> None:
    here = client(token="secret")
    assert here.get("/v2/health/live").status_code == 200
    assert here.get("/v2/health/ready").status_code == 200


def test_a_page_of_a_configured_origin_may_read_answers_and_errors(client: Client) -> None:
    here = client(allow_origins=("http://localhost:4173", PAGE), token="secret")
    for token, status in (("secret", 200), ("wrong", 401)):
        headers = {"Origin": PAGE, "Authorization": f"Bearer {token}"}
        response = here.post(INFER, json=REQUEST, headers=headers)
        assert response.status_code == status
        assert response.headers["access-control-allow-origin"] == PAGE
        assert HEADER_LENGTH in response.headers["access-control-expose-headers"]
        assert response.headers["vary"] == "Origin"
        assert "access-control-allow-credentials" not in response.headers


def test_preflights_need_no_token_and_allow_what_the_protocol_needs(client: Client) -> None:
    response = client(allow_origins=(PAGE,), token="secret").options(INFER, headers=PREFLIGHT)
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["access-control-allow-origin"] == PAGE
    assert response.headers["access-control-allow-methods"] == "GET, POST"
    allowed = response.headers["access-control-allow-headers"].lower().split(", ")
    assert set(PREFLIGHT["Access-Control-Request-Headers"].split(",")) <= set(allowed)
    assert "access-control-allow-private-network" not in response.headers


def test_a_page_may_reach_into_a_private_network_if_its_origin_is_configured(client: Client) -> None:
    headers = {**PREFLIGHT, "Access-Control-Request-Private-Network": "true"}
    response = client(allow_origins=(PAGE,)).options(INFER, headers=headers)
    assert response.headers["access-control-allow-private-network"] == "true"


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://streamscope.example", f"{PAGE}:444", f"{PAGE}.evil.example", "null", ""],
)
def test_a_foreign_page_is_refused_and_nothing_runs(client: Client, stub: StubBackend, origin: str) -> None:
    here = client(allow_origins=(PAGE,))
    for response in (
        here.post(INFER, json=REQUEST, headers={"Origin": origin}),
        here.options(INFER, headers={**PREFLIGHT, "Origin": origin}),
        here.get("/v2", headers={"Origin": origin}),
    ):
        assert response.status_code == 403
        assert "--allow-origin" in response.json()["error"]
        assert not [name for name in response.headers if name.startswith("access-control")]
    assert stub.batches == []


def test_without_configuration_no_page_may_ask_but_programs_may(client: Client) -> None:
    here = client()
    assert here.post(INFER, json=REQUEST, headers={"Origin": PAGE}).status_code == 403
    assert here.post(INFER, json=REQUEST).status_code == 200


def test_all_origins(client: Client) -> None:
    response = client(allow_origins=("*",)).post(INFER, json=REQUEST, headers={"Origin": PAGE})
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == PAGE


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (DeviceError("The card is on fire."), "The card is on fire."),
        (RuntimeError("/root/secret.py line 7"), "The back end failed on this batch."),
    ],
)
def test_a_failing_device_is_a_500_that_a_page_can_read_without_its_inside(
    client: Client, stub: StubBackend, error: Exception, shown: str, caplog: pytest.LogCaptureFixture
) -> None:
    stub.error = error
    response = client(allow_origins=(PAGE,)).post(INFER, json=REQUEST, headers={"Origin": PAGE})
    assert response.status_code == 500
    assert response.json() == {"error": shown}
    assert response.headers["access-control-allow-origin"] == PAGE
    assert str(error) in caplog.text


def test_a_bug_is_a_500_without_its_inside(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("/root/secret.py")

    monkeypatch.setattr("streamscope_endpoint.protocol.server_metadata", broken)
    response = client(allow_origins=(PAGE,)).get("/v2", headers={"Origin": PAGE})
    assert response.status_code == 500
    assert "secret" not in response.text
    assert response.headers["access-control-allow-origin"] == PAGE
    assert caplog.records[-1].levelno == logging.ERROR
    assert "secret.py" in caplog.text
