"""Answers that are not an inference's."""

from __future__ import annotations

from typing import Callable

import pytest
from starlette.testclient import TestClient
from support.requests import INFER


@pytest.mark.parametrize("host", ["endpoint", "a:b:c[", "[::1", ""])
@pytest.mark.parametrize(
    ("method", "path", "status", "sentence"),
    [
        ("GET", "/nowhere", 404, "There is nothing at /nowhere."),
        ("PUT", INFER, 405, f"{INFER} does not take PUT."),
    ],
)
def test_no_such_address_or_method_is_told_whatever_host_the_client_names(
    client: Callable[..., TestClient], host: str, method: str, path: str, status: int, sentence: str
) -> None:
    response = client().request(method, path, headers={"Host": host})
    assert (response.status_code, response.json()) == (status, {"error": sentence})
