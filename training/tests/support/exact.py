"""A network in which float32 and bfloat16 are exact, beside the integers that it stands for.

All scales are powers of two, and every convolution has so few weights that are not 0 that its sums fit the
8 bits of a bfloat16. What differs between two computations of such a network is then no rounding error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from streamscope_training.network.architecture import (
    CLASSES,
    INPUT_SIDE,
    MEAN,
    STD,
    TOP_CLASSIFIER_WEIGHT,
    TOP_CODE,
    Layer,
    features,
    layers,
)
from streamscope_training.network.mobilenet import MobileNet
from streamscope_training.network.start import Start, UnitStart, load_quantized

from .pictures import noise

#: Bytes of the pictures are multiples of this, as are the products with the first layer's weights of
#: this times _COARSE.
_STEP = 16
_COARSE = 8


@dataclass(frozen=True)
class ExactLayer:
    """Code = (factor * sum + offset) / 2**shift, rounded half to even, from 0 to 15; all are integers."""

    layer: Layer
    #: As of ``layer.weight_shape``, int64.
    weight: Tensor
    #: Each (outputs,), int64.
    factor: Tensor
    offset: Tensor
    shift: Tensor

    def __call__(self, x: Tensor) -> Tensor:
        """Codes (N, inputs, H, W) -> codes, int64."""
        sums = _sums(self.layer, x, self.weight)
        factor, offset, shift = (
            vector.reshape(-1, 1, 1) for vector in (self.factor, self.offset, self.shift)
        )
        return _half_to_even(factor * sums + offset, shift).clamp(0, TOP_CODE)


@dataclass(frozen=True)
class Exact:
    """The integers, and pictures (N, 3, 224, 224), bytes, for which the layers were set."""

    layers: tuple[ExactLayer, ...]
    #: (1000, 1024) and (1000,), int64.
    classifier: Tensor
    bias: Tensor
    images: Tensor
    start: Start

    def network(self) -> MobileNet:
        """In evaluation mode."""
        network = MobileNet().eval()
        for unit in network.each_unit():
            # An epsilon has a root that is not exact.
            unit.norm.eps = 0.0
        load_quantized(network, self.start)
        return network

    def codes(self) -> Iterator[Tensor]:
        """What every layer gives for the pictures."""
        x = _levels(self.images)
        for layer in self.layers:
            x = layer(x)
            yield x

    def logits(self, codes: Tensor) -> tuple[Tensor, Tensor]:
        """The pool (N, 1024), and the integer logits (N, 1000), from the last layer's codes."""
        pooled = codes.sum((2, 3)) >> 6
        return pooled, pooled @ self.classifier.t() + self.bias


def exact(seed: int, pictures: int = 2) -> Exact:
    """A network of random weights in which every layer is alive on the pictures."""
    random = torch.Generator().manual_seed(seed)
    coarse = np.stack([noise(INPUT_SIDE, INPUT_SIDE, seed + i) for i in range(pictures)]) // _STEP * _STEP
    images = torch.from_numpy(coarse).permute(0, 3, 1, 2).contiguous()
    x = _levels(images)
    made: list[ExactLayer] = []
    units: list[UnitStart] = []
    act_step = torch.ones(1)
    for layer in layers():
        one = _layer(layer, x, random)
        unit = _unit(one, act_step, random)
        assert unit.act_step is not None
        made.append(one)
        units.append(unit)
        act_step, x = unit.act_step, one(x)
    top = TOP_CLASSIFIER_WEIGHT
    classifier = torch.randint(-top, top + 1, (CLASSES, features()), generator=random)
    bias = torch.randint(-500, 501, (CLASSES,), generator=random)
    step = torch.tensor(2.0**-6)
    # What a bias counts in: the classifier's step and the pool's.
    unit_of_bias = step * act_step * 64 / 49
    start = Start(tuple(units), _blurred(classifier, top, random) * step, bias * unit_of_bias, step)
    return Exact(tuple(made), classifier, bias, images, start)


def _layer(layer: Layer, x: Tensor, random: torch.Generator) -> ExactLayer:
    """Two weights an output channel are not 0; the levels have their middle and spread inside the codes."""
    count = layer.weight_shape[1] * layer.kernel**2
    top = 15 if layer.index == 0 else layer.top_weight
    weight = torch.zeros(layer.outputs, count, dtype=torch.int64)
    for _ in range(2):
        place = torch.randint(count, (layer.outputs, 1), generator=random)
        weight.scatter_(1, place, torch.randint(1, top + 1, (layer.outputs, 1), generator=random))
    weight *= torch.randint(2, weight.shape, generator=random) * 2 - 1
    weight = weight.reshape(layer.weight_shape)
    sign = torch.randint(2, (layer.outputs,), generator=random) * 2 - 1
    sums = _sums(layer, x, weight).double() * sign.reshape(-1, 1, 1)
    deviation = sums.std((0, 2, 3)).clamp_min(1)
    shift = (deviation / 4).log2().round().long().clamp(1, 6)
    middle = torch.randint(3, 8, (layer.outputs,), generator=random)
    offset = (middle * 2.0**shift - sums.mean((0, 2, 3))).round().long()
    if layer.index == 0:
        # Levels of the first layer stay a little away from where they are rounded, as the picture's mean
        # and deviation are no powers of two.
        return ExactLayer(layer, weight, 2 * sign, 2 * offset + 1, shift + 1)
    return ExactLayer(layer, weight, sign, offset, shift)


def _unit(one: ExactLayer, input_step: Tensor, random: torch.Generator) -> UnitStart:
    """The same in floating point. ``input_step`` is the scale of the activations before it."""
    layer = one.layer
    weight_step = 2.0 ** -torch.randint(3, 7, (layer.outputs,), generator=random)
    act_step = 2.0 ** -torch.randint(2, 5, (layer.scales,), generator=random)
    code = one.weight
    slope = one.factor * act_step / 2.0**one.shift
    offset = one.offset * act_step / 2.0**one.shift
    if layer.index == 0:
        # A sum counts in _STEP * _COARSE; (x / 255 - mean) / std = ((x - 128) + constant) / (255 std).
        code = code * _COARSE
        slope = slope / (_STEP * _COARSE)
        constant = 128 - 255 * torch.tensor(MEAN, dtype=torch.float64)
        offset = (offset - slope * (code.double().sum((2, 3)) @ constant)).float()
        input_step = torch.tensor([1 / (255 * STD)])
    weight = _blurred(code, layer.top_weight, random) * weight_step.reshape(-1, 1, 1, 1)
    return UnitStart(weight, slope / (weight_step * input_step), offset, weight_step, act_step)


def _blurred(code: Tensor, top: int, random: torch.Generator) -> Tensor:
    """Numbers that are rounded to these codes, or clamped to them if they are from -top to top."""
    blurred = code + 0.8 * torch.rand(code.shape, generator=random) - 0.4
    beyond = (code.abs() == top) & (torch.rand(code.shape, generator=random) < 0.5)
    return torch.where(beyond, code * 1.5, blurred)


def _levels(images: Tensor) -> Tensor:
    """The first layer's inputs, in steps of _STEP, as integers about 0."""
    return (images.long() - 128) // _STEP


def _sums(layer: Layer, x: Tensor, weight: Tensor) -> Tensor:
    # Integers below 2**24 are exact in float32, and a convolution of int64 is slow.
    sums = functional.conv2d(
        x.float(), weight.float(), stride=layer.stride, padding=layer.padding, groups=layer.groups
    )
    return sums.long()


def _half_to_even(numerator: Tensor, shift: Tensor) -> Tensor:
    """numerator / 2**shift, by integers alone."""
    down = numerator >> shift
    twice_rest, whole = 2 * (numerator - (down << shift)), 1 << shift
    up = (twice_rest > whole) | ((twice_rest == whole) & (down % 2 == 1))
    return down + up.long()
