"""Random numbers that depend on nothing but a seed and what they are for."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..errors import TrainingError

_ORDER, _CHANGES, _MIXES = 0, 1, 2


def check_seed(seed: int) -> None:
    """Raises TrainingError if ``seed`` cannot be one."""
    if seed < 0:
        raise TrainingError(f"The seed is {seed}: give a whole number from 0.")


@lru_cache(maxsize=4)
def order_of_epoch(seed: int, epoch: int, count: int) -> NDArray[np.int64]:
    """The order in which an epoch takes photos: a permutation of 0..count-1, int64, not to be written to."""
    order = np.argsort(_uniform((count,), seed, _ORDER, epoch), kind="stable").astype(np.int64)
    order.flags.writeable = False
    return order


def changes_of_step(seed: int, step: int, batch_size: int, draws: int) -> NDArray[np.float64]:
    """For every photo of a step as many numbers in [0, 1): float64 (batch_size, draws)."""
    return _uniform((batch_size, draws), seed, _CHANGES, step)


def mixes_of_step(seed: int, step: int, batch_size: int, draws: int) -> NDArray[np.float64]:
    """The same, independent of those."""
    return _uniform((batch_size, draws), seed, _MIXES, step)


def _uniform(shape: tuple[int, ...], *key: int) -> NDArray[np.float64]:
    # Permutations and bounded integers are left to plain arithmetic on these: of a Generator's methods
    # this is the one least likely to change between versions of NumPy.
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(key))).random(shape)
