"""Photos on their way through the twin and the quantized layers, a few at a time.

Between layers the twin's activations wait in float16 and the codes in bytes, 3 bytes for what would take 8;
only one part at a time is in float32.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from ..network.architecture import TOP_CODE, Layer
from ..network.float_twin import CEILING
from ..network.mobilenet import normalise
from ..network.start import UnitStart

#: Photos of a part.
TOGETHER = 16


class Part:
    """Some of the photos, (N, 3, 224, 224) bytes, before a layer: at first the first one."""

    def __init__(self, images: Tensor) -> None:
        self._images = images
        self._twin: Tensor | None = None
        self._codes = images
        self._step = torch.ones(1)

    def twin(self) -> Tensor:
        """What the twin's layer gets, float32 (N, C, H, W)."""
        return self._normalised() if self._twin is None else self._twin.float()

    def student(self) -> Tensor:
        """What the quantized layer gets, float32 (N, C, H, W)."""
        return self._normalised() if self._twin is None else self._codes.float().mul_(wide(self._step))

    def codes(self) -> Tensor:
        """The codes of that, uint8."""
        return self._codes

    def wanted(self, layer: Layer, unit: UnitStart) -> Tensor:
        """What the twin's layer gives before it is clamped."""
        return affine(convolve(layer, self.twin(), unit.weight), unit)

    def sums(self, layer: Layer, weight: Tensor) -> Tensor:
        """What the quantized layer gives before its affine."""
        return convolve(layer, self.student(), weight)

    def pass_through(self, layer: Layer, twin: UnitStart, student: UnitStart) -> None:
        """To the next layer. The student's weights are quantized."""
        assert student.act_step is not None
        ahead = self.wanted(layer, twin).clamp_(0, CEILING).half()
        before = affine(self.sums(layer, student.weight), student)
        codes = before.div_(wide(student.act_step)).round_().clamp_(0, TOP_CODE)
        self._codes = codes.to(torch.uint8)
        self._twin, self._step = ahead, student.act_step

    def _normalised(self) -> Tensor:
        return normalise(self._images).contiguous(memory_format=torch.channels_last)


def parts_of(images: Tensor) -> list[Part]:
    """All of them, in order."""
    return [Part(images[at : at + TOGETHER]) for at in range(0, len(images), TOGETHER)]


def convolve(layer: Layer, x: Tensor, weight: Tensor) -> Tensor:
    """The layer's convolution alone."""
    return functional.conv2d(x, weight, None, layer.stride, layer.padding, 1, layer.groups)


def affine(sums: Tensor, unit: UnitStart) -> Tensor:
    """Gain and offset of a unit, in place."""
    return sums.mul_(wide(unit.gain)).add_(wide(unit.offset))


def wide(vector: Tensor) -> Tensor:
    """(C,) -> (1, C, 1, 1)"""
    return vector.reshape(1, -1, 1, 1)
