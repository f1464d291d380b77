"""MultiThreshold: from an accumulator to an activation."""

from __future__ import annotations

import numpy as np

from ..arrays import Array
from .package import Activation


class Thresholds:
    """Counts, for each value of a channel, the thresholds of that channel that are <= it (FINN:
    MultiThreshold compares with >=), and adds ``act_val``.

    Comparing step by step over a whole block costs two passes of SIMD a step and beats a table
    look-up, which NumPy does one element at a time.
    """

    def __init__(self, activation: Activation, accumulator: np.dtype, output: np.dtype) -> None:
        """``accumulator`` must hold every threshold; ``output`` every result."""
        #: One row a step, [steps, channels].
        self._rows = np.ascontiguousarray(activation.thresholds.T.astype(accumulator))
        self._act_val = activation.act_val
        self._output = output
        self._count = np.dtype(np.uint8 if len(self._rows) < 256 else np.int32)

    def __call__(self, accumulators: Array) -> Array:
        """``accumulators`` [..., channels], C-contiguous. Returns the same shape."""
        shape = accumulators.shape
        channels = shape[-1]
        # Rows of many channels make short loops long: as many pixels as divide the block.
        tile = self._pixels_a_row(accumulators.size // channels)
        blocks = accumulators.reshape(-1, tile * channels)
        count = np.zeros(blocks.shape, self._count)
        reached = np.empty(blocks.shape, np.bool_)
        for row in self._rows:
            np.greater_equal(blocks, np.tile(row, tile), out=reached)
            np.add(count, reached.view(np.uint8), out=count)
        result = count.reshape(shape).astype(self._output, copy=False)
        return result + self._output.type(self._act_val) if self._act_val else result

    @staticmethod
    def _pixels_a_row(pixels: int) -> int:
        return next(tile for tile in (32, 16, 8, 7, 4, 2, 1) if pixels % tile == 0)
