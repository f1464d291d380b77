"""How an endpoint is to run. Plain values only, so that settings travel between processes."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

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
    #: Most requests at a time, from the first byte of the body to the answer.
    max_queue: int = 128
    #: Largest body of a request, bytes.
    max_request_bytes: int = 32 * 2**20
    #: How long a body may take to arrive, seconds.
    body_timeout_s: float = 30.0

    def __post_init__(self) -> None:
        if self.backend not in BACKENDS:
            raise SetupError(f'There is no back end "{self.backend}". Back ends: {", ".join(BACKENDS)}.')
        for name in ("max_batch", "max_queue", "max_request_bytes"):
            if getattr(self, name) < 1:
                raise SetupError(f"{_option(name)} must be at least 1.")
        # Compared this way round, a NaN fails too.
        if not 0 <= self.batch_delay_ms <= 10_000:
            raise SetupError("--batch-delay-ms must be from 0 to 10000.")
        if not 0 < self.body_timeout_s <= 3600:
            raise SetupError("--body-timeout-s must be above 0, and at most 3600.")
        if self.device is not None and self.device < 0:
            raise SetupError("--device counts cards from 0.")
        for origin in self.allow_origins:
            _check_origin(origin)
        if self.token is not None and (not self.token or not self.token.isascii() or " " in self.token):
            raise SetupError("The token must be plain ASCII without spaces, and not empty.")


def _check_origin(origin: str) -> None:
    """An origin is what browsers send: scheme and host, no path. A slash too many never matches."""
    if origin in ("*", "null"):
        return
    parts = urlsplit(origin)
    if parts.scheme not in ("http", "https") or origin != f"{parts.scheme}://{parts.netloc}":
        raise SetupError(
            f'"{origin}" is not an origin. Write it as the browser does: scheme, host and port, '
            "no slash at the end, such as https://streamscope.example or http://localhost:4173."
        )


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"
