"""Images by formula, the same bytes everywhere, with every layer's checksum in ``fixtures/vectors``; and
what of the app's sample photos goes into the network, with its classes.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np

from streamscope_endpoint.arrays import Array

REPOSITORY = Path(__file__).parents[3]
VECTORS: dict[str, Any] = json.loads((REPOSITORY / "fixtures/vectors/mobilenetv1-w4a4.json").read_text())
SAMPLES = REPOSITORY / "fixtures/samples"
SAMPLE_TOPS: dict[str, Any] = json.loads((SAMPLES / "top5.json").read_text(encoding="utf-8"))

_Y, _X, _C = np.indices((224, 224, 3))


def synthetic_image(name: str) -> Array:
    """uint8 [224, 224, 3] of one of the vectors' images."""
    return {
        "zeros": lambda: np.zeros_like(_X),
        "full": lambda: np.full_like(_X, 255),
        "ramp": lambda: (_X + 2 * _Y + 85 * _C) % 256,
        "checker": lambda: 255 * (((_X >> 4) + (_Y >> 4) + _C) % 2),
        "waves": _waves,
        "lcg1": lambda: _noise(1),
        "lcg2": lambda: _noise(2),
    }[name]().astype(np.uint8)


def sample_image(photo: str) -> Array:
    """uint8 [224, 224, 3] of a sample photo, such as ``bee.jpg``."""
    packed = (SAMPLES / photo).with_suffix(".bin.gz").read_bytes()
    return np.frombuffer(gzip.decompress(packed), np.uint8).reshape(224, 224, 3)


def labelled_images() -> tuple[Array, list[list[int]]]:
    """All of the vectors' images, uint8 [n, 224, 224, 3], and the top five of each."""
    return np.stack([synthetic_image(name) for name in VECTORS]), [
        vector["top5"] for vector in VECTORS.values()
    ]


def _waves() -> Array:
    first = _triangle(3 * _X + _Y * (_C + 1), 97)
    second = _triangle(5 * _Y + _X * (_C + 2), 61)
    third = _triangle(((_X * _Y) >> 6) + 37 * _C, 131)
    return (first + second + third) // 3


def _triangle(n: Array, period: int) -> Array:
    """255 at multiples of 2 * period, 0 half-way between, straight lines in between."""
    return np.abs(n % (2 * period) - period) * 255 // period


def _noise(seed: int) -> Array:
    """Bytes of a linear congruential generator modulo 2^31."""
    state = seed
    values = []
    for _ in range(_X.size):
        state = (1103515245 * state + 12345) & 0x7FFFFFFF
        values.append((state >> 16) & 255)
    return np.array(values).reshape(_X.shape)
