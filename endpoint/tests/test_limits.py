"""Bad manners on the wire: too much, too little, too slow, and gone."""

from __future__ import annotations

import asyncio
import gc
import json
import socket
import threading
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from typing import Any, Callable, Iterator

import httpx
import numpy as np
import pytest
from starlette.requests import Request
from starlette.types import Message
from support.live import LiveServer, live_server
from support.requests import INFER, binary_request, json_request
from support.stub import StubBackend, answer, image

from streamscope_endpoint import protocol
from streamscope_endpoint.app import create_app
from streamscope_endpoint.errors import RequestError
from streamscope_endpoint.protocol import HEADER_LENGTH
from streamscope_endpoint.routes import Routes
from streamscope_endpoint.service import Service
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


def send_half(connection: socket.socket, *headers: str) -> None:
    """The head of a request of 1000 bytes, and 12 of these."""
    send_head(connection, "Content-Length: 1000", *headers)
    connection.sendall(b'{"inputs": [')


def receive(connection: socket.socket) -> tuple[int, dict[str, Any], dict[str, str]]:
    """Status, JSON body and headers (names in lower case) of the next answer."""
    with connection.makefile("rb") as stream:
        status = int(stream.readline().split()[1])
        headers: dict[str, str] = {}
        while True:
            line = stream.readline().decode().strip()
            if not line:
                return status, json.loads(stream.read(int(headers["content-length"]))), headers
            name, value = line.split(": ", 1)
            headers[name.lower()] = value


def test_a_length_too_large_is_refused_before_a_byte_of_it_is_sent(serve: Serve) -> None:
    server = serve(max_request_bytes=1000)
    with server.connect() as connection:
        send_head(connection, "Content-Length: 1001")
        status, body, _ = receive(connection)
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
        status, body, _ = receive(connection)
        assert status == 408
        assert "not complete after 0.1 seconds" in body["error"]
        assert connection.recv(1) == b""
    expect_answer(infer(server, 1), 1)
    assert len(stub.batches) == 1


def test_a_body_that_pauses_is_given_up_long_before_its_time_is_over(serve: Serve) -> None:
    server = serve(body_pause_s=0.1, body_timeout_s=3600)
    with server.connect() as connection:
        send_half(connection)
        status, body, headers = receive(connection)
    assert (status, headers["connection"]) == (408, "close")
    assert "Nothing more of the request has come for 0.1 seconds" in body["error"]


def test_half_sent_bodies_take_no_place_in_the_queue(serve: Serve) -> None:
    server = serve(max_queue=1)
    with server.connect() as first, server.connect() as second:
        send_half(first)
        send_half(second)
        until(lambda: sample(server, "body_bytes") == 24)
        expect_answer(infer(server, 1), 1)


def test_bodies_are_bounded_together_and_who_goes_away_in_mid_body_gives_its_bytes_back(
    serve: Serve,
) -> None:
    server = serve(max_request_bytes=1000, max_total_bytes=1000)
    with server.connect() as connection:
        send_head(connection, "Content-Length: 1000")
        connection.sendall(bytes(990))
        until(lambda: sample(server, "body_bytes") == 990)
        refused = infer(server, 1)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
        assert "Too much is being sent" in refused.json()["error"]
    until(lambda: sample(server, "body_bytes") == 0)
    expect_answer(infer(server, 2), 2)


def test_bytes_are_held_until_the_answer(serve: Serve, stub: StubBackend) -> None:
    body, _ = binary_request(image(1)[np.newaxis])
    most = 2 * len(body) - 1
    server = serve(max_batch=1, max_request_bytes=most, max_total_bytes=most)
    stub.gate.clear()
    with ThreadPoolExecutor() as pool:
        first = pool.submit(infer, server, 1)
        assert stub.reached.wait(30)
        assert sample(server, "body_bytes") == len(body)
        assert infer(server, 2).status_code == 503
        stub.gate.set()
        expect_answer(first.result(), 1)
    expect_answer(infer(server, 2), 2)


def test_json_has_a_bound_of_its_own(serve: Serve) -> None:
    images = np.stack([image(seed) for seed in range(4)])
    server = serve(max_json_bytes=200)
    _, headers = binary_request(images)
    large = json.dumps(json_request(images)).encode()
    assert len(large) > 200 >= int(headers[HEADER_LENGTH])
    refused = httpx.post(f"{server.url}{INFER}", content=large)
    assert refused.status_code == 413
    assert "binary tensor data" in refused.json()["error"]
    padded, headers = binary_request(images, {"id": "x" * 200})
    assert httpx.post(f"{server.url}{INFER}", content=padded, headers=headers).status_code == 413
    # Bytes behind the JSON do not count.
    raw = np.tile(images, (5, 1, 1, 1))
    assert raw.nbytes > 200
    response = httpx.post(f"{server.url}{INFER}", content=raw.tobytes(), headers={HEADER_LENGTH: "0"})
    assert response.status_code == 200


def test_large_json_of_who_has_gone_is_not_parsed(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    parsing, go_on, came = threading.Event(), threading.Event(), threading.Semaphore(0)
    parsed: list[str | None] = []
    read, aside = protocol.read_request, Service.read_aside

    def held_read(*arguments: Any) -> protocol.InferRequest:
        parsing.set()
        assert go_on.wait(30)
        wanted = read(*arguments)
        parsed.append(wanted.id)
        return wanted

    async def noted_aside(service: Service, work: Callable[[], Any]) -> Any:
        came.release()
        return await aside(service, work)

    monkeypatch.setattr(protocol, "read_request", held_read)
    monkeypatch.setattr(Service, "read_aside", noted_aside)
    server = serve()

    def large(name: str) -> bytes:
        return json.dumps(json_request(image(1)[np.newaxis], id=name, padding="x" * 70_000)).encode()

    def post(name: str) -> httpx.Response:
        return httpx.post(f"{server.url}{INFER}", content=large(name), timeout=30)

    with ThreadPoolExecutor() as pool:
        try:
            first = pool.submit(post, "first")
            assert parsing.wait(30)
            assert came.acquire(timeout=30)
            with server.connect() as connection:
                send_head(connection, f"Content-Length: {len(large('gone'))}")
                connection.sendall(large("gone"))
                # It waits for its turn.
                assert came.acquire(timeout=30)
            until(lambda: sample(server, "dropped_total") == 1)
        finally:
            go_on.set()
        expect_answer(first.result(), 1)
    expect_answer(post("third"), 1)
    assert parsed == ["first", "third"]


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


@pytest.fixture
def without_collector() -> Iterator[None]:
    """What only the cyclic garbage collector would free, stays."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("without_collector")
@pytest.mark.parametrize("complete", [False, True])
def test_a_refused_or_lost_body_is_freed_at_once(stub: StubBackend, complete: bool) -> None:
    async def exchange(service: Service) -> None:
        """Sends what is no JSON; a client whose body is not complete goes away."""
        parts = [{"type": "http.request", "body": bytes(2_000_000), "more_body": not complete}]

        async def receive() -> Message:
            if parts:
                return parts.pop()
            if complete:
                await asyncio.get_running_loop().create_future()
            return {"type": "http.disconnect"}

        scope = {"type": "http", "headers": [], "path_params": {"name": stub.info.model_name}}
        with suppress(RequestError):
            await Routes(service).infer(Request(scope, receive))

    async def bytes_left() -> int:
        service = Service(Settings())
        async with service.lifespan(None):
            # Whatever is made only once, is made now.
            await exchange(service)
            before = tracemalloc.get_traced_memory()[0]
            await exchange(service)
            # The reader's thread lets go of what it has read at the latest when it takes the next.
            await service.read_aside(gc.isenabled)
            # A cancelled task ends in the loop's next rounds.
            for _ in range(3):
                await asyncio.sleep(0)
            return tracemalloc.get_traced_memory()[0] - before

    tracemalloc.start()
    try:
        assert asyncio.run(bytes_left()) < 1_000_000
    finally:
        tracemalloc.stop()


def test_told_to_stop_it_answers_half_sent_bodies_so_that_a_page_can_read_it(serve: Serve) -> None:
    server = serve(allow_origins=("http://page.example",))
    with server.connect() as connection:
        send_half(connection, "Origin: http://page.example")
        until(lambda: sample(server, "body_bytes") == 12)
        server.terminate()
        status, body, headers = receive(connection)
    assert (status, body) == (503, {"error": "The endpoint is stopping."})
    assert headers["access-control-allow-origin"] == "http://page.example"
    assert headers["retry-after"] == "1"
    server.join()


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
