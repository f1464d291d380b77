"""The float twin: the same network without quantization, the teacher of the distillation."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor
from torch.nn import functional

from .architecture import layers
from .start import Start

#: Activations of the twin end here, as MobileNet's ReLU6 has it.
CEILING = 6.0


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
            y = functional.conv2d(
                x, unit.weight.to(x.dtype), stride=layer.stride, padding=layer.padding, groups=layer.groups
            )
            shape = (1, -1, 1, 1)
            y = y * unit.gain.reshape(shape).to(x.dtype) + unit.offset.reshape(shape).to(x.dtype)
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
