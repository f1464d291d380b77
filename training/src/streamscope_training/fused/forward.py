"""The Brevitas network's function on integer codes, and its float twin's beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from brevitas.function.ops_ste import floor_ste, round_ste
from torch import Tensor
from torch.nn import functional

from ..network.architecture import (
    MEAN,
    POOL_SHIFT,
    POOL_SIDE,
    STD,
    TOP_CLASSIFIER_WEIGHT,
    TOP_CODE,
    layers,
)
from ..network.float_twin import CEILING, FloatTwin
from ..network.mobilenet import MobileNet, normalise
from ..network.outputs import Output, Target, TwinOutput
from ..network.quantizers import LEAST_SCALE
from .depthwise import depthwise
from .pointwise import pointwise
from .staircase import ramp, staircase

_LAST = torch.channels_last
#: Subtracted from the bytes of a picture: sums of the first convolution are then smaller.
_MIDDLE = 128


def forward(network: MobileNet, images: Tensor, targets: Mapping[int, Target] | None = None) -> Output:
    """Images (N, 3, 224, 224) of bytes -> what ``network(normalise(images))`` gives, but that the
    classifier's bias is not rounded. Sums of a convolution are the integers of the hardware.

    ``targets`` are of layers by their index.
    """
    targets = targets or {}
    codes = (images.to(torch.float32) - _MIDDLE).contiguous(memory_format=_LAST)
    losses: dict[int, Tensor] = {}
    step = torch.ones(1)
    for unit in network.each_unit():
        layer = unit.layer
        weight_step = unit.weight_step().clamp_min(LEAST_SCALE)
        weights = _rounded(unit.conv.weight / weight_step.reshape(-1, 1, 1, 1), layer.top_weight)
        if layer.depthwise:
            sums = depthwise(codes, weights, layer.stride)
        elif layer.kernel == 1:
            sums = pointwise(codes, weights)
        else:
            sums = functional.conv2d(codes, weights, stride=layer.stride)
        gain, offset = unit.affine()
        gain = gain * weight_step
        if layer.index == 0:
            # (x / 255 - mean) / std = ((x - 128) + (128 - 255 mean)) / (255 std); the first term is what
            # was convolved, the second is a constant of the channel, as nothing is padded.
            gain = gain / (255 * STD)
            constant = _MIDDLE - 255 * torch.tensor(MEAN)
            offset = offset + gain * (weights.sum((2, 3)) @ constant)
        else:
            gain = gain * step
        step = unit.act_step().clamp_min(LEAST_SCALE)
        wide = step.expand(layer.outputs)
        target = targets.get(layer.index)
        codes, loss = staircase(
            sums, gain / wide, offset / wide, wide, TOP_CODE,
            target.features if target else None, target.weight if target else None,
        )  # fmt: skip
        if target:
            losses[layer.index] = loss
    pooled = _pool(codes) * step
    weight = _rounded(network.classifier.weight / _classifier_step(network), TOP_CLASSIFIER_WEIGHT)
    logits = functional.linear(pooled, weight * _classifier_step(network), network.classifier.bias)
    return Output(logits, pooled, losses)


class FusedTwin:
    """The float twin with its convolutions in bfloat16."""

    def __init__(self, twin: FloatTwin) -> None:
        self._twin = twin
        self._weights = [
            unit.weight.to(torch.bfloat16).contiguous(memory_format=_LAST) for unit in twin.units
        ]

    @torch.no_grad()
    def __call__(self, images: Tensor, keep: Sequence[int] = ()) -> TwinOutput:
        """Images (N, 3, 224, 224) of bytes; keeps the features of the layers of these indices."""
        x = normalise(images).to(torch.bfloat16).contiguous(memory_format=_LAST)
        features: dict[int, Tensor] = {}
        for layer, unit, weight in zip(layers(), self._twin.units, self._weights, strict=True):
            sums = functional.conv2d(
                x, weight, stride=layer.stride, padding=layer.padding, groups=layer.groups
            )
            x = ramp(sums, unit.gain, unit.offset, CEILING)
            if layer.index in keep:
                features[layer.index] = x
        pooled = x.float().mean((2, 3))
        return TwinOutput(self._twin.logits(pooled), pooled, features)


def _rounded(levels: Tensor, top: int) -> Tensor:
    """Rounded and clamped to -top..top; the gradient passes the rounding and stops at the clamp."""
    return round_ste(levels).clamp(-top, top)  # type: ignore[no-any-return]


def _classifier_step(network: MobileNet) -> Tensor:
    return network.classifier_scale.clamp_min(LEAST_SCALE) / TOP_CLASSIFIER_WEIGHT  # type: ignore[no-any-return]


def _pool(codes: Tensor) -> Tensor:
    """The sum of a map, shifted right by 6 and rounded down, as a mean: a code stands for 64 / 49 of the
    input's step."""
    levels = codes.sum((2, 3)) / 2**POOL_SHIFT
    return floor_ste(levels) * (2**POOL_SHIFT / POOL_SIDE**2)  # type: ignore[no-any-return]
