"""``streamscope-endpoint``"""

from __future__ import annotations

import argparse
import contextlib
import ipaddress
import logging
import os
import socket
import sys
from pathlib import Path
from typing import NoReturn, Sequence

from starlette.applications import Starlette

from . import __version__
from .app import create_app
from .errors import SetupError
from .server import EndpointServer, address_of, bind
from .settings import BACKENDS, Settings

TOKEN_VARIABLE = "STREAMSCOPE_TOKEN"

#: For the help of options with a default; argparse fills it in.
_DEFAULT = "(default: %(default)s)"

#: Settings that are numbers, and what the help says of each.
_NUMBERS = {
    "max_batch": "most images in a device batch",
    "batch_delay_ms": "wait for others to form a batch",
    "max_queue": "most requests at a time",
    "max_request_bytes": "largest body of a request",
    "max_json_bytes": "largest JSON part of a request",
    "max_total_bytes": "most bytes of all bodies together, until they are answered",
    "body_timeout_s": "most time for a body to arrive",
    "body_pause_s": "longest pause within a body",
    "device_timeout_s": "most time for the device to answer a batch; after it, it is taken to hang",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs an endpoint until it is told to stop. Returns the exit code."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    try:
        settings = _settings(options)
        with bind(options.host, options.port) as listener:
            _serve(create_app(settings), settings, listener)
    except SetupError as error:
        print(f"streamscope-endpoint: {error}", file=sys.stderr)
        return 1
    return 0


def _serve(app: Starlette, settings: Settings, listener: socket.socket) -> None:
    if settings.backend == "pynq":
        print("Programming the card ...", flush=True)
    info = app.state.service.load().backend.info
    for line in _warnings(listener, settings):
        print(f"Note: {line}", file=sys.stderr, flush=True)
    listening = (
        f"Streamscope endpoint {__version__} listens on {address_of(listener)}\n"
        f"Back end: {info.platform}; model {info.model_name}, checksum {info.model_checksum[:12]}."
    )
    # The emulator takes the interpreter's lock thousands of times an image. With the default of 5 ms
    # a busy event loop would make it wait as often.
    sys.setswitchinterval(0.0002)
    EndpointServer(app, listening).run(sockets=[listener])
    if app.state.service.abandoned:
        _end_at_once()


def _end_at_once() -> NoReturn:
    """Ends the process under a thread that hangs in the device's driver: Python's own way out would
    wait for it.
    """
    print("streamscope-endpoint: The device hangs; ended without it.", file=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        # Whoever read it may be gone already.
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="streamscope-endpoint",
        description="Serves FINN's MobileNet-v1 on an Alveo card, or its emulator, "
        "over the Open Inference Protocol v2.",
    )
    plain = Settings()
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--backend", choices=BACKENDS, required=True, help="what computes")
    parser.add_argument("--host", default="127.0.0.1", help=f"address to listen on {_DEFAULT}")
    parser.add_argument(
        "--port", type=_port, default=8000, help=f"port to listen on; 0 takes a free one {_DEFAULT}"
    )

    emulator = parser.add_argument_group("emulator")
    emulator.add_argument("--model", metavar="DIR", help="model package (default: the shipped one)")

    card = parser.add_argument_group("pynq")
    card.add_argument("--bitfile", metavar="FILE", help=".xclbin (default: finn-examples' own)")
    card.add_argument("--driver", metavar="DIR", help="folder of FINN's driver.py (default: finn-examples)")
    card.add_argument("--device", type=int, metavar="N", help="card, counted from 0 (default: PYNQ's choice)")
    card.add_argument(
        "--runtime-weights", metavar="DIR", help="runtime-writable weights, if the build has any"
    )

    access = parser.add_argument_group("access")
    access.add_argument(
        "--allow-origin",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="origin of pages that may ask, such as https://streamscope.example; may be repeated; * for all",
    )
    access.add_argument(
        "--token-file",
        metavar="FILE",
        help=f"file with the token that requests must carry (default: the variable {TOKEN_VARIABLE}, if set)",
    )

    work = parser.add_argument_group("work")
    work.add_argument("--model-name", metavar="NAME", help="the model's name in addresses (default: its own)")
    for name, meaning in _NUMBERS.items():
        default = getattr(plain, name)
        option = f"--{name.replace('_', '-')}"
        work.add_argument(option, type=type(default), default=default, help=f"{meaning} {_DEFAULT}")
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    return Settings(
        backend=options.backend,
        model=options.model,
        model_name=options.model_name,
        bitfile=options.bitfile,
        driver=options.driver,
        device=options.device,
        runtime_weights=options.runtime_weights,
        allow_origins=tuple(options.allow_origin),
        token=_token(options.token_file),
        **{name: getattr(options, name) for name in _NUMBERS},
    )


def _token(file: str | None) -> str | None:
    if file is None:
        token = os.environ.get(TOKEN_VARIABLE)
        return token if token is None else token.strip()
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(f"The token file {file} cannot be read: {error}.") from error


def _warnings(listener: socket.socket, settings: Settings) -> list[str]:
    lines = []
    if settings.token is None and not ipaddress.ip_address(listener.getsockname()[0]).is_loopback:
        lines.append(
            f"anyone who reaches this machine can use the endpoint. Set {TOKEN_VARIABLE} or --token-file."
        )
    if not settings.allow_origins:
        lines.append("no page may ask yet; --allow-origin names the address of the app.")
    return lines


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f'"{text}" is no port: a port is a number from 0 to 65535')
    return int(text)
