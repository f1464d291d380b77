"""Bad manners on the wire: too much, too little, too slow, and gone."""

from __future__ import annotations

import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any, Callable, Iterator

import httpx
import numpy as np
import pytest
from support.live import LiveServer, live_server
from support.requests import INFER, binary_request
from support.stub import StubBackend, answer, image

from streamscope_endpoint.app import create_app
from streamscope_endpoint.settings import Settings

Serve = Callable[..., LiveServer]


@pytest.fixture
def serve(stub: StubBackend) -> Iterator[Serve]:
    """Starts an endpoint over the stub, with the settings given."""
    with ExitStack() as stack:
        # Before the servers end, which waits for the device.
        stack.callback(stub.gate.set)

        def start(**settings: Any) -> LiveServer:
            server = stack.enter_context(live_server(create_app(Settings(**settings))))
            stack.callback(stub.gate.set)
            return server

        yield start


def infer(server: LiveServer, seed: int) -> httpx.Response:
    body, headers = binary_request(image(seed)[np.newaxis])
    return httpx.post(f"{server.url}{INFER}", content=body, headers=headers, timeout=30)


def expect_answer(response: httpx.Response, seed: int) -> None:
    assert response.status_code == 200
    assert response.json()["outputs"][0]["data"] == answer(image(seed)[np.newaxis])[0].tolist()


def send_head(connection: socket.socket, *headers: str) -> None:
    lines = [f"POST {INFER} HTTP/1.1", "Host: endpoint", *headers, "", ""]
    connection.sendall("\r\n".join(lines).encode())


def receive(connection: socket.socket) -> tuple[int, dict[str, Any]]:
    """Status and JSON body of the next answer."""
    with connection.makefile("rb") as stream:
        status = int(stream.readline().split()[1])
        length = 0
        while True:
            line = stream.readline().strip().lower()
            if not line:
                return status, json.loads(stream.read(length))
            if line.startswith(b"content-length:"):
                length = int(line.split(b":")[1])


def test_a_length_too_large_is_refused_before_a_byte_of_it_is_sent(serve: Serve) -> None:
    server = serve(max_request_bytes=1000)
    with server.connect() as connection:
        send_head(connection, "Content-Length: 1001")
        status, body = receive(connection)
    assert (status, list(body)) == (413, ["error"])
    assert "larger than 1000 bytes" in body["error"]


def test_a_body_without_a_length_is_refused_while_it_still_comes(serve: Serve) -> None:
    server = serve(max_request_bytes=1000)
    with server.connect() as connection:
        send_head(connection, "Transfer-Encoding: chunked")
        connection.sendall(b"258\r\n" + bytes(600) + b"\r\n")
        connection.sendall(b"258\r\n" + bytes(600) + b"\r\n")
        # The last chunk never comes.
        assert receive(connection)[0] == 413
    expect_answer(infer(server, 1), 1)


def test_a_body_of_just_the_largest_size_is_read(serve: Serve) -> None:
    body, headers = binary_request(image(3)[np.newaxis])
    server = serve(max_request_bytes=len(body))
    expect_answer(httpx.post(f"{server.url}{INFER}", content=body, headers=headers), 3)


def test_a_half_sent_body_is_given_up_and_the_connection_closed(serve: Serve, stub: StubBackend) -> None:
    server = serve(body_timeout_s=0.1, max_queue=1)
    with server.connect() as connection:
        send_head(connection, "Content-Length: 1000")
        connection.sendall(b'{"inputs": [')
        status, body = receive(connection)
        assert status == 408
        assert "not complete after 0.1 seconds" in body["error"]
        assert connection.recv(1) == b""
    expect_answer(infer(server, 1), 1)
    assert len(stub.batches) == 1


def test_who_goes_away_in_mid_body_gives_its_place_back(serve: Serve) -> None:
    server = serve(max_queue=1)
    with server.connect() as connection:
        send_head(connection, "Content-Length: 1000")
        connection.sendall(b'{"inputs": [')
        until(lambda: infer(server, 1).status_code == 503)
    until(lambda: infer(server, 1).status_code == 200)


def test_a_request_beyond_the_queue_is_refused_at_once_and_the_others_are_answered(
    serve: Serve, stub: StubBackend
) -> None:
    server = serve(max_queue=3, max_batch=1)
    stub.gate.clear()
    with ThreadPoolExecutor() as pool:
        waiting = [pool.submit(infer, server, seed) for seed in range(3)]
        until(lambda: sample(server, "queue_length") == 2)
        refused = infer(server, 9)
        assert refused.status_code == 503
        assert refused.headers["retry-after"] == "1"
        assert "queue is full" in refused.json()["error"]
        stub.gate.set()
        for seed, one in enumerate(waiting):
            expect_answer(one.result(), seed)


def test_who_goes_away_while_waiting_leaves_the_queue(serve: Serve, stub: StubBackend) -> None:
    server = serve(max_batch=1)
    stub.gate.clear()
    with ThreadPoolExecutor() as pool:
        first = pool.submit(infer, server, 1)
        assert stub.reached.wait(30)
        with server.connect() as connection:
            body, headers = binary_request(image(2)[np.newaxis])
            send_head(connection, *(f"{n}: {v}" for n, v in headers.items()), f"Content-Length: {len(body)}")
            connection.sendall(body)
            until(lambda: sample(server, "queue_length") == 1)
        until(lambda: sample(server, "dropped_total") == 1)
        assert sample(server, "queue_length") == 0
        stub.gate.set()
        expect_answer(first.result(), 1)
    expect_answer(infer(server, 3), 3)
    assert [batch[0].tolist() for batch in stub.batches] == [image(1).tolist(), image(3).tolist()]


def test_told_to_stop_it_says_so_finishes_its_queue_and_ends(serve: Serve, stub: StubBackend) -> None:
    server = serve(max_batch=1)
    stub.gate.clear()
    with ThreadPoolExecutor() as pool:
        waiting = [pool.submit(infer, server, seed) for seed in range(3)]
        until(lambda: sample(server, "queue_length") == 2)
        server.terminate()
        until(lambda: httpx.get(f"{server.url}/v2/health/ready").status_code == 503)
        assert httpx.get(f"{server.url}/v2/health/live").status_code == 200
        assert httpx.get(f"{server.url}/v2/models/stub-model/ready").status_code == 503
        late = infer(server, 9)
        assert (late.status_code, late.headers["retry-after"]) == (503, "1")
        assert not stub.closed
        stub.gate.set()
        for seed, one in enumerate(waiting):
            expect_answer(one.result(), seed)
    server.join()
    assert stub.closed
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.url)


@pytest.mark.parametrize("noise", [b"\x16\x03\x01\x02\x00\x01", b"GET\r\n\r\n", b"\r\n" * 10_000])
def test_what_is_no_http_does_not_disturb_the_others(serve: Serve, noise: bytes) -> None:
    server = serve()
    with server.connect() as connection:
        connection.sendall(noise)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(4096):
            pass
    expect_answer(infer(server, 1), 1)


def sample(server: LiveServer, name: str) -> float:
    """A metric's number."""
    for line in httpx.get(f"{server.url}/metrics").text.splitlines():
        if line.startswith(f"streamscope_{name} "):
            return float(line.split()[1])
    raise AssertionError(f"There is no metric {name}.")


def until(condition: Callable[[], bool]) -> None:
    """Asks again until it holds."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "It never came true."
