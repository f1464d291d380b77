"""Replies against the protocol's OpenAPI description, as MLServer's wheel carries it."""

from __future__ import annotations

import json
from importlib.metadata import files
from typing import Any, Callable

import jsonschema
import numpy as np
import pytest
from starlette.testclient import TestClient
from support.requests import json_request
from support.stub import image


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    listed = files("mlserver") or []
    found = next(file for file in listed if file.name == "dataplane.json")
    return json.loads(found.read_text())


def check(description: dict[str, Any], schema: dict[str, Any], value: Any) -> None:
    # The description knows a JSON type "bytes"; nothing in JSON is one.
    kinds = jsonschema.Draft4Validator.TYPE_CHECKER.redefine("bytes", lambda _checker, _value: False)
    validator = jsonschema.validators.extend(jsonschema.Draft4Validator, type_checker=kinds)
    validator({"allOf": [schema], "components": description["components"]}).validate(value)


def ask(client: TestClient, path: str, method: str, good: bool) -> Any:
    """Asks at a described path, as it should be asked or not."""
    names = {"model_name": "stub-model" if good else "other", "model_version": "1"}
    body = json_request(np.stack([image(1), image(2)]), id="42") if good else None
    return client.request(method, path.format(**names), json=body if method == "post" else None)


REPLIES = [
    ("/v2/health/live", "get", 200),
    ("/v2/health/ready", "get", 200),
    ("/v2", "get", 200),
    ("/v2/models/{model_name}", "get", 200),
    ("/v2/models/{model_name}/versions/{model_version}", "get", 200),
    ("/v2/models/{model_name}/ready", "get", 200),
    ("/v2/models/{model_name}/versions/{model_version}/ready", "get", 200),
    ("/v2/models/{model_name}/infer", "post", 200),
    ("/v2/models/{model_name}/versions/{model_version}/infer", "post", 200),
    ("/v2/models/{model_name}", "get", 404),
    ("/v2/models/{model_name}/infer", "post", 404),
]


@pytest.mark.parametrize(("path", "method", "status"), REPLIES)
def test_replies_are_as_described(
    client: Callable[..., TestClient], description: dict[str, Any], path: str, method: str, status: int
) -> None:
    described = description["paths"][path][method]["responses"][str(status)]
    response = ask(client(), path, method, good=status == 200)
    assert response.status_code == status
    for media_type, content in described.get("content", {}).items():
        assert response.headers["content-type"] == media_type
        check(description, content["schema"], response.json())


def test_the_tests_requests_are_as_described(description: dict[str, Any]) -> None:
    request = json_request(np.stack([image(1), image(2)]), id="42", outputs=[{"name": "global_out"}])
    check(description, {"$ref": "#/components/schemas/InferenceRequest"}, request)


def test_a_wrong_reply_does_not_pass(description: dict[str, Any]) -> None:
    schema = {"$ref": "#/components/schemas/InferenceResponse"}
    with pytest.raises(jsonschema.ValidationError):
        check(description, schema, {"model_name": "stub-model", "outputs": [{"name": "global_out"}]})


def test_errors_have_the_protocols_form(
    client: Callable[..., TestClient], description: dict[str, Any]
) -> None:
    response = client().post("/v2/models/stub-model/infer", json={})
    assert response.status_code == 400
    check(description, {"$ref": "#/components/schemas/InferenceErrorResponse"}, response.json())
    assert response.json()["error"]
