from __future__ import annotations

from typing import Any

import pytest

from streamscope_endpoint.errors import SetupError
from streamscope_endpoint.settings import Settings


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"backend": "gpu"}, 'no back end "gpu"'),
        ({"max_batch": 0}, "--max-batch must be at least 1"),
        ({"max_queue": 0}, "--max-queue"),
        ({"max_request_bytes": 0}, "--max-request-bytes"),
        ({"max_json_bytes": 0}, "--max-json-bytes"),
        ({"max_total_bytes": 999, "max_request_bytes": 1000}, "--max-total-bytes must be at least"),
        ({"batch_delay_ms": -1}, "--batch-delay-ms"),
        ({"batch_delay_ms": float("nan")}, "--batch-delay-ms"),
        ({"body_timeout_s": 0}, "--body-timeout-s"),
        ({"body_timeout_s": float("inf")}, "--body-timeout-s"),
        ({"body_pause_s": 0}, "--body-pause-s"),
        ({"body_pause_s": float("nan")}, "--body-pause-s"),
        ({"device": -1}, "--device"),
        ({"token": ""}, "token"),
        ({"token": "two words"}, "token"),
        ({"token": "schlüssel"}, "token"),
        ({"token": "two\nlines"}, "token"),
        ({"device_timeout_s": 0}, "--device-timeout-s"),
        ({"allow_origins": ("https://page.example/",)}, "not an origin"),
        ({"allow_origins": ("page.example",)}, "not an origin"),
        ({"allow_origins": ("ftp://page.example",)}, "not an origin"),
        ({"allow_origins": ("https://page.example?x",)}, "not an origin"),
        ({"allow_origins": ("https://Page.example",)}, "host in lower case"),
        ({"allow_origins": ("HTTPS://page.example",)}, "not an origin"),
        ({"allow_origins": ("https://page.example:443",)}, "unless it is the scheme's own"),
        ({"allow_origins": ("http://page.example:80",)}, "unless it is the scheme's own"),
        ({"allow_origins": ("http://[::1",)}, "not an origin"),
        ({"allow_origins": ("http://user@page.example",)}, "not an origin"),
    ],
)
def test_values_that_make_no_sense_are_refused_with_their_option(
    changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(SetupError, match=sentence):
        Settings(**changes)


@pytest.mark.parametrize(
    "origin",
    [
        "https://page.example",
        "https://page.example:80",
        "http://localhost:4173",
        "http://localhost:8080",
        "http://[::1]:443",
        "http://127.0.0.1",
        "*",
        "null",
    ],
)
def test_origins(origin: str) -> None:
    assert Settings(allow_origins=(origin,)).allow_origins == (origin,)
