"""The float twin: the same network without quantization, the teacher of the distillation."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor
from torch.nn import functional

from .architecture import Layer, layers
from .start import Start, UnitStart

#: Activations of the twin end here, as MobileNet's ReLU6 has it.
CEILING = 6.0


def convolve(layer: Layer, weight: Tensor, x: Tensor) -> Tensor:
    """The layer's convolution alone: (N, inputs, H, W) -> (N, outputs, rows, columns)."""
    return functional.conv2d(x, weight.to(x.dtype), None, layer.stride, layer.padding, 1, layer.groups)


def pre_activation(layer: Layer, unit: UnitStart, x: Tensor) -> Tensor:
    """Convolution and affine, before the clamp or the quantizer."""
    gain, offset = (vector.reshape(1, -1, 1, 1).to(x.dtype) for vector in (unit.gain, unit.offset))
    return convolve(layer, unit.weight, x) * gain + offset


class FloatTwin:
    """Convolutions of this network's padding, an affine, a clamp to 0..6; the pool is a mean."""

    def __init__(self, start: Start) -> None:
        self.units = start.units
        self.classifier = start.classifier
        self.bias = start.bias

    def tensors(self) -> Iterator[Tensor]:
        """All its weights, in a fixed order."""
        for unit in self.units:
            yield from (unit.weight, unit.gain, unit.offset)
        yield from (self.classifier, self.bias)

    def pre_activations(self, x: Tensor) -> Iterator[tuple[Tensor, Tensor]]:
        """For each convolution what comes before its clamp, and after: (N, outputs, rows, columns)."""
        for layer, unit in zip(layers(), self.units, strict=True):
            y = pre_activation(layer, unit, x)
            x = y.clamp(0, CEILING)
            yield y, x

    def logits(self, pooled: Tensor) -> Tensor:
        """Pooled features (N, 1024) -> logits (N, 1000)."""
        return functional.linear(pooled, self.classifier, self.bias)

    def __call__(self, x: Tensor) -> Tensor:
        """Normalised images (N, 3, 224, 224) -> logits (N, 1000)."""
        with torch.no_grad():
            for _, activations in self.pre_activations(x):
                x = activations
            return self.logits(x.float().mean((2, 3)))
