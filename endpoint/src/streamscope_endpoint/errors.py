"""What goes wrong, as sentences for people."""

from __future__ import annotations


class SetupError(Exception):
    """The endpoint cannot start. The message says what to do; it is shown without a traceback."""


class DeviceError(Exception):
    """The back end failed on a batch. The message is safe to show to clients."""


class RequestError(Exception):
    """An answer other than 200: a status, and a sentence for the body's ``error``."""

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = headers or {}
