"""A back end that tests hold by the hand."""

from __future__ import annotations

import threading

import numpy as np

from streamscope_endpoint.arrays import Array
from streamscope_endpoint.backends.base import Backend, BackendInfo

SHAPE = (2, 2, 3)
IMAGE_BYTES = 12


class StubBackend(Backend):
    """Answers with the first five bytes of each image. Keeps every batch it was given, and waits
    with each at ``gate``, which is open unless a test closes it.
    """

    info = BackendInfo(
        name="stub",
        hardware=False,
        platform="stub",
        model_name="stub-model",
        model_checksum="0" * 64,
        image_shape=SHAPE,
        k=5,
    )

    def __init__(self) -> None:
        self.batches: list[Array] = []
        self.threads: set[str] = set()
        self.gate = threading.Event()
        self.gate.set()
        #: Set as soon as a batch has come to the gate.
        self.reached = threading.Event()
        self.error: Exception | None = None
        self.closed = False

    def run(self, images: Array) -> Array:
        assert images.dtype == np.uint8
        assert images.flags.c_contiguous
        self.batches.append(images)
        self.threads.add(threading.current_thread().name)
        self.reached.set()
        assert self.gate.wait(30)
        if self.error is not None:
            raise self.error
        return answer(images)

    def close(self) -> None:
        self.closed = True


def answer(images: Array) -> Array:
    """What a StubBackend says to images."""
    return images.reshape(len(images), -1)[:, :5].astype(np.uint16)


def image(seed: int) -> Array:
    """An image of its own for each seed below 2^40: uint8 [2, 2, 3]."""
    digits = [(seed >> (8 * i)) & 255 for i in range(5)]
    return np.array(digits + [7] * (IMAGE_BYTES - 5), np.uint8).reshape(SHAPE)
