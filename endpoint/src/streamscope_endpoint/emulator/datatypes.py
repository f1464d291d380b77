"""FINN's integer data types, and how a model package stores their values."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from ..arrays import Array
from ..errors import SetupError

_STORED_BITS = (1, 2, 4, 8, 16, 32)


@dataclass(frozen=True)
class DataType:
    """An integer type by FINN's name: ``UINT4``, ``INT8``, ``BIPOLAR`` (-1, +1), ``BINARY``."""

    name: str
    bits: int
    signed: bool

    @property
    def min(self) -> int:
        if self.name == "BIPOLAR":
            return -1
        return -(1 << (self.bits - 1)) if self.signed else 0

    @property
    def max(self) -> int:
        if self.name == "BIPOLAR":
            return 1
        return (1 << (self.bits - self.signed)) - 1

    @property
    def magnitude(self) -> int:
        """The largest absolute value."""
        return max(-self.min, self.max)

    @property
    def dtype(self) -> np.dtype:
        """The smallest NumPy type that holds every value."""
        width = next(width for width in (8, 16, 32, 64) if width >= self.bits)
        return np.dtype(f"{'i' if self.signed else 'u'}{width // 8}")


def data_type(name: str) -> DataType:
    """Looks a type up by FINN's name. Raises SetupError for others (floats too)."""
    if name == "BIPOLAR":
        return DataType(name, 1, True)
    if name == "BINARY":
        return DataType(name, 1, False)
    match = re.fullmatch(r"(U?)INT([1-9]\d?)", name)
    if not match or int(match[2]) > 64:
        raise SetupError(f'The model package is damaged: "{name}" is not an integer data type.')
    return DataType(name, int(match[2]), match[1] != "U")


def packed_bytes(datatype: DataType, length: int) -> int:
    """Bytes that ``length`` values take in a package."""
    return (length * _stored_bits(datatype) + 7) // 8


def unpack(packed: bytes, datatype: DataType, shape: tuple[int, ...]) -> Array:
    """The values of a constant. The first lies in the lowest bits of the first byte; 16 and 32
    bits are little-endian, signed values in two's complement; BIPOLAR stores -1 as 0, +1 as 1.
    ``packed`` has exactly ``packed_bytes`` bytes.
    """
    bits = _stored_bits(datatype)
    length = int(np.prod(shape))
    if bits >= 8:
        values = np.frombuffer(packed, f"<{'i' if datatype.signed else 'u'}{bits // 8}").astype(np.int64)
    else:
        shifts = np.arange(0, 8, bits, dtype=np.uint8)
        codes = (np.frombuffer(packed, np.uint8)[:, np.newaxis] >> shifts) & ((1 << bits) - 1)
        values = codes.reshape(-1)[:length].astype(np.int64)
        if datatype.name == "BIPOLAR":
            values = 2 * values - 1
        elif datatype.signed:
            values -= (values >> (bits - 1)) << bits
    return values.reshape(shape)


def _stored_bits(datatype: DataType) -> int:
    bits = next((bits for bits in _STORED_BITS if bits >= datatype.bits), None)
    if bits is None:
        raise SetupError(f"The model package is damaged: it stores no values as wide as {datatype.name}.")
    return bits
