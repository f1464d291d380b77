"""The binary tensor data extension: tensors as bytes behind the JSON, little-endian, row by row."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import Headers

from .arrays import Array
from .errors import RequestError, shown


class BinaryTensors:
    """The bytes behind a request's JSON, which its inputs take in their order."""

    def __init__(self, tail: memoryview) -> None:
        self._tail = tail
        self._at = 0

    def take(self, size: Any, expected: int, name: str) -> memoryview:
        """The next tensor's bytes, not copied. ``size`` is its ``binary_data_size``, ``expected`` what
        its shape needs. Raises RequestError 400.
        """
        if type(size) is not int or size != expected:
            raise RequestError(
                400,
                f'Input "{name}" needs {expected} bytes by its shape, but binary_data_size is {shown(size)}.',
            )
        if size > len(self._tail) - self._at:
            raise RequestError(
                400, f"{len(self._tail)} bytes follow the JSON, too few for the tensors it names."
            )
        self._at += size
        return self._tail[self._at - size : self._at]

    def check_used(self) -> None:
        """Raises RequestError 400 if bytes are left."""
        if self._at != len(self._tail):
            raise RequestError(
                400, f"{len(self._tail)} bytes follow the JSON, but its tensors take only {self._at}."
            )


def json_length(headers: Headers, name: str, body_bytes: int) -> int | None:
    """How much of the body is JSON, by the header; None without it: all. Raises RequestError 400."""
    values = headers.getlist(name)
    if not values:
        return None
    # isdigit alone lets other scripts' digits through; a longer number is no length.
    if len(values) > 1 or not (values[0].isascii() and values[0].isdigit()) or len(values[0]) > 12:
        raise RequestError(400, f"{name} must be one whole number.")
    length = int(values[0])
    if length > body_bytes:
        raise RequestError(400, f"{name} is {length}, but the body has {body_bytes} bytes.")
    return length


def to_little_endian(values: Array) -> bytes:
    """A tensor's bytes, whatever the machine."""
    return values.astype(values.dtype.newbyteorder("<")).tobytes()
