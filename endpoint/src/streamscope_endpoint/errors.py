"""What goes wrong, as sentences for people."""

from __future__ import annotations

from typing import Any


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


def shown(value: Any) -> str:
    """What a client sent, for a sentence: at most 99 characters, and never a number that has lost
    digits.
    """
    if type(value) is int and abs(value) >= 10**9:
        return "more than a billion" if value > 0 else "less than minus a billion"
    text = repr(value)
    return text if len(text) <= 99 else f"{text[:95]} ..."
