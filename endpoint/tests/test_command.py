"""The command, from its first word to its end."""

from __future__ import annotations

import pickle
import re
import signal
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import httpx
import numpy as np
import pytest
from starlette.testclient import TestClient
from support.images import labelled_images
from support.live import endpoint_process

from streamscope_endpoint import __version__
from streamscope_endpoint.app import create_app
from streamscope_endpoint.cli import _parser, _settings, main
from streamscope_endpoint.protocol import HEADER_LENGTH
from streamscope_endpoint.server import address_of, bind
from streamscope_endpoint.settings import Settings

MODEL = "/v2/models/mobilenetv1-w4a4"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--backend", "emulator", "--model", "nowhere"], "no readable model package in nowhere"),
        (["--backend", "emulator", "--max-batch", "0"], "--max-batch must be at least 1"),
        (["--backend", "emulator", "--allow-origin", "http://page/"], "not an origin"),
        (["--backend", "emulator", "--token-file", "nowhere"], "token file nowhere cannot be read"),
        (["--backend", "emulator", "--host", "256.0.0.1"], "no address of this machine"),
        (["--backend", "pynq"], "cannot import pynq in this Python"),
    ],
)
def test_what_cannot_start_says_why_in_a_sentence(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--port", "0"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("streamscope-endpoint: ")
    assert sentence in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "--backend"),
        (["--backend", "gpu"], "invalid choice: 'gpu'"),
        (["--backend", "emulator", "--port", "65536"], "a port is a number from 0 to 65535"),
        (["--backend", "emulator", "--max-batch", "many"], "invalid int value"),
    ],
)
def test_wrong_options(arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert sentence in capsys.readouterr().err


def test_a_port_in_use_is_told_before_anything_is_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    with bind("127.0.0.1", 0) as taken:
        port = address_of(taken).rsplit(":", 1)[1]
        assert main(["--backend", "emulator", "--model", "nowhere", "--port", port]) == 1
    assert f"Cannot listen on 127.0.0.1 port {port}" in capsys.readouterr().err


def test_from_start_to_sigterm(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("secret\n")
    images, expected = labelled_images()
    arguments = ["--backend", "emulator", "--token-file", str(token), "--max-batch", "7"]
    with endpoint_process(arguments) as (process, url), ThreadPoolExecutor() as pool:
        assert httpx.get(f"{url}/v2").status_code == 401
        headers = {"Authorization": "Bearer secret", HEADER_LENGTH: "0"}

        def infer() -> list[list[int]] | None:
            """The classes; None for who came too late."""
            try:
                content = images.tobytes()
                response = httpx.post(f"{url}{MODEL}/infer", content=content, headers=headers, timeout=60)
            except httpx.TransportError:
                return None
            if response.status_code == 503:
                return None
            tail = response.content[int(response.headers[HEADER_LENGTH]) :]
            return np.frombuffer(tail, "<u2").reshape(-1, 5).tolist()

        working = [pool.submit(infer) for _ in range(4)]
        # Until two are in the queue. With one, it may be the first, which the device has not taken yet.
        with httpx.Client(base_url=url, headers=headers) as client:
            while not re.search(r"streamscope_queue_length [2-4]\.", client.get("/metrics").text):
                assert not all(one.done() for one in working)
        process.send_signal(signal.SIGTERM)
        answers = [one.result() for one in working]
        assert answers.count(expected) >= 2
        assert answers.count(expected) + answers.count(None) == 4
        assert process.stdout is not None
        assert "SIGTERM: finishing what is in the queue" in process.stdout.read()
        assert process.wait(60) == 0


def test_sigterm_ends_the_process_under_a_device_that_hangs(tmp_path: Path) -> None:
    # Python runs it at its start.
    (tmp_path / "sitecustomize.py").write_text(
        "import threading\n"
        "from streamscope_endpoint.backends.emulator import EmulatorBackend\n"
        "EmulatorBackend.run = lambda self, images: threading.Event().wait()\n"
    )
    arguments = ["--backend", "emulator", "--device-timeout-s", "0.1"]
    with endpoint_process(arguments, extra_path=str(tmp_path)) as (process, url):
        assert httpx.get(f"{url}/v2/health/ready").status_code == 200
        image = labelled_images()[0][:1].tobytes()
        failed = httpx.post(f"{url}{MODEL}/infer", content=image, headers={HEADER_LENGTH: "0"})
        assert (failed.status_code, list(failed.json())) == (500, ["error"])
        # What is not live is started again by an orchestrator, and that alone helps.
        for health in ("live", "ready"):
            response = httpx.get(f"{url}/v2/health/{health}")
            assert response.status_code == 503
            assert response.json()[health] is False
            assert "has not answered for 0.1 seconds" in response.json()["error"]
        refused = httpx.post(f"{url}{MODEL}/infer", content=image, headers={HEADER_LENGTH: "0"})
        assert refused.status_code == 503
        assert "streamscope_batch_failures_total 1.0" in httpx.get(f"{url}/metrics").text
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 1


def test_help_tells_the_defaults_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert "port to listen on; 0 takes a free one (default: 8000)" in said
    assert "model package (default: the shipped one)" in said
    assert "None" not in said
    assert "[]" not in said


def test_the_token_of_the_environment_may_end_in_a_newline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STREAMSCOPE_TOKEN", "secret\n")
    assert _settings(_parser().parse_args(["--backend", "emulator"])).token == "secret"


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out.strip() == __version__


def test_what_makes_the_app_travels_to_the_process_that_will_run_it() -> None:
    make = pickle.loads(pickle.dumps(partial(create_app, Settings(token="secret"))))
    with TestClient(make()) as client:
        assert client.get("/v2/health/ready").status_code == 200
        assert client.get("/v2").status_code == 401


def test_the_app_can_be_started_again() -> None:
    app = create_app(Settings())
    for _ in range(2):
        with TestClient(app) as client:
            assert client.get(MODEL).status_code == 200
        assert not app.state.service.is_ready()
