"""Photos on their way through the twin and the quantized layers, a few at a time.

Between layers the twin's activations wait in float16 and the codes in bytes, 3 bytes for what would take 8;
only one part at a time is in float32.
"""

from __future__ import annotations

import torch
from torch import Tensor

from ..network.architecture import TOP_CODE, Layer
from ..network.float_twin import CEILING, convolve, pre_activation
from ..network.mobilenet import normalise
from ..network.start import UnitStart

#: Photos of a part.
TOGETHER = 16


class Part:
    """Some of the photos, (N, 3, 224, 224) bytes, before the first layer. The twin goes ahead of the
    quantized layers by one: what it gives is what their scales are chosen by.
    """

    def __init__(self, images: Tensor) -> None:
        self._images = images
        self._twin: Tensor | None = None
        self._codes = images
        self._step: Tensor | None = None

    def twin(self) -> Tensor:
        """What the twin's next layer gets, float32 (N, C, H, W)."""
        return self._normalised() if self._twin is None else self._twin.float()

    def student(self) -> Tensor:
        """What the next quantized layer gets, float32 (N, C, H, W)."""
        return self._normalised() if self._step is None else self._codes.float().mul_(wide(self._step))

    def codes(self) -> Tensor:
        """The codes of that, uint8."""
        return self._codes

    def advance_twin(self, layer: Layer, unit: UnitStart) -> Tensor:
        """Past the twin's layer. Returns what it gives before it is clamped."""
        wanted = pre_activation(layer, unit, self.twin())
        self._twin = wanted.clamp(0, CEILING).half()
        return wanted

    def sums(self, layer: Layer, weight: Tensor) -> Tensor:
        """What the next quantized layer gives before its affine."""
        return convolve(layer, weight, self.student())

    def advance_student(self, layer: Layer, unit: UnitStart) -> None:
        """Past a quantized layer, whose weights are multiples of their steps."""
        assert unit.act_step is not None
        before = pre_activation(layer, unit, self.student())
        self._codes = before.div_(wide(unit.act_step)).round_().clamp_(0, TOP_CODE).to(torch.uint8)
        self._step = unit.act_step

    def _normalised(self) -> Tensor:
        return normalise(self._images).contiguous(memory_format=torch.channels_last)


def parts_of(images: Tensor) -> list[Part]:
    """All of them, in order."""
    return [Part(images[at : at + TOGETHER]) for at in range(0, len(images), TOGETHER)]


def wide(vector: Tensor) -> Tensor:
    """(C,) -> (1, C, 1, 1)"""
    return vector.reshape(1, -1, 1, 1)
