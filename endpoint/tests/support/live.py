"""An endpoint on a real port: in a thread, or as a process of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import Iterator, Sequence

from starlette.applications import Starlette

from streamscope_endpoint.server import EndpointServer, address_of, bind


class LiveServer:
    """An app served by a thread."""

    def __init__(self, app: Starlette) -> None:
        listener = bind("127.0.0.1", 0)
        self.url = address_of(listener)
        self.port: int = listener.getsockname()[1]
        self._server = EndpointServer(app, "")
        # The socket listens already: whoever connects before the server is up waits.
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]})
        self._thread.start()

    def connect(self) -> socket.socket:
        """A bare connection, for what no HTTP client would send."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def terminate(self) -> None:
        """What SIGTERM does."""
        self._server.handle_exit(signal.SIGTERM, None)

    def join(self) -> None:
        self._thread.join(60)
        assert not self._thread.is_alive()


@contextmanager
def live_server(app: Starlette) -> Iterator[LiveServer]:
    server = LiveServer(app)
    try:
        yield server
    finally:
        server.terminate()
        server.join()


@contextmanager
def endpoint_process(
    arguments: Sequence[str], extra_path: str | None = None
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command as a process, and the address it printed. ``extra_path`` goes to PYTHONPATH."""
    environment = {**os.environ, **({"PYTHONPATH": extra_path} if extra_path else {})}
    process = subprocess.Popen(
        [sys.executable, "-m", "streamscope_endpoint", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdout is not None
    try:
        said = ""
        while "listens on" not in said:
            line = process.stdout.readline()
            assert line, f"The endpoint ended with {process.wait()}: {said}"
            said += line
        found = re.search(r"http://\S+", said)
        assert found
        yield process, found[0]
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
