"""How an endpoint is to run. Plain values only, so that settings travel between processes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .errors import SetupError

BACKENDS = ("emulator", "pynq")


@dataclass(frozen=True)
class Settings:
    """All that ``create_app`` needs. Raises SetupError for values that make no sense."""

    #: What computes: ``emulator`` or ``pynq``.
    backend: str = "emulator"
    #: Emulator: folder of a model package; None for the shipped one.
    model: str | None = None
    #: The model's name in addresses; None for its own.
    model_name: str | None = None

    #: Pynq: the .xclbin (or .bit); None to let finn-examples find its own.
    bitfile: str | None = None
    #: Pynq: folder of the driver.py that FINN made; None for finn-examples' MobileNet-v1.
    driver: str | None = None
    #: Pynq: which card, counted from 0 as PYNQ lists them; None for PYNQ's choice.
    device: int | None = None
    #: Pynq: folder of runtime-writable weights, for builds that have them.
    runtime_weights: str | None = None

    #: Origins of pages that may ask, such as ``https://streamscope.example``; ``*`` for all.
    allow_origins: tuple[str, ...] = ()
    #: Bearer token that requests must carry; None for none.
    token: str | None = None

    #: Most images in a device batch, and in a request.
    max_batch: int = 32
    #: How long the first image of a batch waits for others, milliseconds.
    batch_delay_ms: float = 2.0
    #: Most requests at a time, from the last byte of the body to the answer.
    max_queue: int = 128
    #: Largest body of a request, bytes. 32 images of 224 x 224 x 3 are 4.8 MB.
    max_request_bytes: int = 8 * 2**20
    #: Largest JSON part of a request, bytes: everything else waits while it is parsed. An image as
    #: JSON is 0.3 to 1 MB.
    max_json_bytes: int = 4 * 2**20
    #: Most bytes of all bodies together, from their first byte to the answer.
    max_total_bytes: int = 256 * 2**20
    #: How long a body may take to arrive, seconds.
    body_timeout_s: float = 30.0
    #: Longest pause within a body, seconds.
    body_pause_s: float = 5.0
    #: How long the device may work on a batch before it is taken to hang, seconds.
    device_timeout_s: float = 30.0

    def __post_init__(self) -> None:
        if self.backend not in BACKENDS:
            raise SetupError(f'There is no back end "{self.backend}". Back ends: {", ".join(BACKENDS)}.')
        for name in ("max_batch", "max_queue", "max_request_bytes", "max_json_bytes"):
            if getattr(self, name) < 1:
                raise SetupError(f"{_option(name)} must be at least 1.")
        if self.max_total_bytes < self.max_request_bytes:
            raise SetupError("--max-total-bytes must be at least --max-request-bytes.")
        # Compared this way round, a NaN fails too.
        if not 0 <= self.batch_delay_ms <= 10_000:
            raise SetupError("--batch-delay-ms must be from 0 to 10000.")
        for name in ("body_timeout_s", "body_pause_s", "device_timeout_s"):
            if not 0 < getattr(self, name) <= 3600:
                raise SetupError(f"{_option(name)} must be above 0, and at most 3600.")
        if self.device is not None and self.device < 0:
            raise SetupError("--device counts cards from 0.")
        for origin in self.allow_origins:
            _check_origin(origin)
        if self.token is not None and not re.fullmatch("[!-~]+", self.token):
            raise SetupError("The token must be printable ASCII without spaces, and not empty.")


def _check_origin(origin: str) -> None:
    """An origin is what browsers send: anything else, were it a slash too many, never matches."""
    if origin in ("*", "null"):
        return
    host = r"([a-z0-9_.-]+|\[[0-9a-f:]+\])"
    port = r":[0-9]{1,5}"
    if not re.fullmatch(f"http://{host}((?!:80$){port})?|https://{host}((?!:443$){port})?", origin):
        raise SetupError(
            f'"{origin}" is not an origin. Write it as the browser does: scheme, host in lower case, port '
            "unless it is the scheme's own (80, 443), no slash at the end; such as "
            "https://streamscope.example or http://localhost:4173."
        )


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"
