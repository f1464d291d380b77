"""The three forms of the network, asked in the same way."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..errors import TrainingError
from ..network.float_twin import FloatTwin
from ..network.mobilenet import MobileNet, normalise
from ..network.ranking import best_five
from . import engine_process
from .answers import Predictor
from .codes import forward_logits
from .engine import Engine


def twin_predictor(twin: FloatTwin) -> Predictor:
    """Predicts by the float network, whose logits are hardly ever equal."""
    return lambda images: best_five(twin(normalise(images)))


def brevitas_predictor(network: MobileNet) -> Predictor:
    """Predicts by the quantized network's forward pass in evaluation mode, its logits taken as the integers
    that they stand for: equal ones then come in the hardware's order.
    """
    network.eval()
    return lambda images: best_five(forward_logits(network, normalise(images)))


@contextmanager
def engine_predictor(folder: Path, processes: int = 2) -> Iterator[Predictor]:
    """Predicts by the integer network of a model package, on the project's own engine.

    Its processes are niced and started with the first images, unless there is to be one only: that is this
    one. The order is that of the images. Raises TrainingError as ``Engine``, and if a process dies.
    """
    # Said here, what is wrong with the package is a sentence.
    engine = Engine(folder)
    if processes < 2:
        yield lambda images: torch.tensor([engine.best_five(image) for image in _channels_last(images)])
        return
    # Not forked: a fork of a process that has torch's threads may wait for a lock for ever.
    pool = ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=engine_process.begin,
        initargs=(str(folder),),
    )

    def predict(images: Tensor) -> Tensor:
        try:
            return torch.tensor(list(pool.map(engine_process.best_five, _channels_last(images))))
        except BrokenProcessPool as error:
            raise TrainingError(
                "A process of the evaluation ended unexpectedly, often for want of memory: free some, or give"
                " --processes 1."
            ) from error

    try:
        yield predict
    finally:
        pool.shutdown(cancel_futures=True)


def _channels_last(images: Tensor) -> NDArray[np.uint8]:
    found: NDArray[np.uint8] = images.permute(0, 2, 3, 1).contiguous().numpy()
    return found
