from __future__ import annotations

import os

# Before NumPy is imported, as in the command.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from typing import Any, Callable, Iterator

import pytest
from starlette.testclient import TestClient
from support.live import endpoint_process
from support.stub import StubBackend

from streamscope_endpoint import service
from streamscope_endpoint.app import create_app
from streamscope_endpoint.settings import Settings


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> StubBackend:
    """The back end that apps of this test get."""
    backend = StubBackend()
    monkeypatch.setattr(service, "make_backend", lambda _settings: backend)
    return backend


@pytest.fixture
def client(stub: StubBackend) -> Iterator[Callable[..., TestClient]]:
    """Makes clients of apps over the stub, with the settings given."""
    opened = []

    def make(**settings: Any) -> TestClient:
        opened.append(TestClient(create_app(Settings(**settings)), raise_server_exceptions=False))
        return opened[-1].__enter__()

    yield make
    for one in opened:
        one.__exit__(None, None, None)


@pytest.fixture(scope="session")
def emulator_url() -> Iterator[str]:
    """A process of the shipped command over the shipped model, for all tests together."""
    with endpoint_process(["--backend", "emulator", "--batch-delay-ms", "0"]) as (_, url):
        yield url
