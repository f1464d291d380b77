"""A local Ray with two pretended cards, and the endpoint on it."""

from __future__ import annotations

import http.client
import socket
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

import numpy as np
import pytest
import ray
from ray import serve

from streamscope_endpoint.arrays import Array
from streamscope_endpoint.ray_serve.application import build

APP = "streamscope"


@dataclass(frozen=True)
class Reply:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def card(self) -> str | None:
        """The number of the card that answered."""
        return self.headers["Streamscope-Card"]

    def top(self) -> list[list[int]]:
        """Five class indices an image, of an inference's answer in binary."""
        head = int(self.headers["Inference-Header-Content-Length"])
        indices: list[list[int]] = np.frombuffer(self.body[head:], "<u2").reshape(-1, 5).tolist()
        return indices


@dataclass(frozen=True)
class Cluster:
    port: int

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Reply:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return Reply(answer.status, answer.headers, answer.read())

    def infer(self, images: Array) -> Reply:
        """Sends images as raw bytes."""
        return self.ask(
            "POST", "/v2/models/tiny/infer", images.tobytes(), {"Inference-Header-Content-Length": "0"}
        )

    def cards(self) -> dict[str, Any]:
        """The actors of the cards, by name."""
        names = [actor["name"] for actor in ray.util.list_named_actors(all_namespaces=True)]
        return {
            name: ray.get_actor(name, namespace="serve")
            for name in names
            if name.startswith(f"SERVE_REPLICA::{APP}#Card#")
        }

    def requests_at(self, card: Any) -> int:
        """How many requests a card has taken and not answered."""
        count: int = ray.get(card.get_num_ongoing_requests.remote())
        return count

    def kill(self, card: Any) -> None:
        ray.kill(card)

    def delete(self) -> None:
        """Takes the endpoint off Ray, as an update of the application would."""
        serve.delete(APP)


@contextmanager
def two_cards(locks: Path, options: dict[str, Any]) -> Iterator[Cluster]:
    """``options`` are those of ``build``; ``locks`` is where cards are claimed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        # It would keep a token in the home folder.
        patch.setenv("RAY_AUTH_MODE", "disabled")
        ray.init(
            num_cpus=4,
            resources={"U250": 2},
            include_dashboard=False,
            object_store_memory=80 * 2**20,
            log_to_driver=False,
            runtime_env={"env_vars": {"TMPDIR": str(locks)}},
        )
        try:
            port = _free_port()
            serve.start(http_options={"host": "127.0.0.1", "port": port})
            serve.run(build({"cards": 2, **options}), name=APP, route_prefix="/")
            yield Cluster(port)
            serve.shutdown()
        finally:
            ray.shutdown()


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
