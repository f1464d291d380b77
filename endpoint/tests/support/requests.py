"""Inference requests, in the forms that clients send them."""

from __future__ import annotations

import json
from typing import Any

from streamscope_endpoint.arrays import Array
from streamscope_endpoint.protocol import HEADER_LENGTH

INFER = "/v2/models/stub-model/infer"


def tensor(images: Array, **changes: Any) -> dict[str, Any]:
    """An input as JSON has it; a change to None leaves that field out."""
    plain = {"name": "global_in", "datatype": "UINT8", "shape": list(images.shape)}
    entry = {**plain, "data": images.reshape(-1).tolist(), **changes}
    return {key: value for key, value in entry.items() if value is not None}


def json_request(images: Array, **changes: Any) -> dict[str, Any]:
    return {"inputs": [tensor(images)], **changes}


def binary_request(images: Array, request: dict[str, Any] | None = None) -> tuple[bytes, dict[str, str]]:
    """A body with the tensor's bytes behind its JSON, and the headers that go with it."""
    data = images.tobytes()
    entry = tensor(images, data=None, parameters={"binary_data_size": len(data)})
    head = json.dumps({"inputs": [entry], **(request or {})}).encode()
    return head + data, {HEADER_LENGTH: str(len(head))}
