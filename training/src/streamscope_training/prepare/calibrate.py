"""From a float start to a quantized one, layer by layer on a few photos, without training.

Each layer gets the weight scales of least squared error, then a gain and an offset that give its
pre-activations the means and variances of the float twin's, as the layers before it, already quantized,
have moved them; then the activation scales of least squared error.
"""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor
from torch.nn import functional

from ..network.architecture import POOL_SHIFT, POOL_SIDE, TOP_CLASSIFIER_WEIGHT, TOP_CODE, Layer, layers
from ..network.float_twin import FloatTwin
from ..network.mobilenet import normalise
from ..network.start import Start, UnitStart
from .reconstruct import Moments, fit, round_in_turn
from .samples import samples
from .steps import best_activation_steps, best_weight_steps, quantize

#: A channel whose spread is below this is constant: it keeps its gain.
_FLAT = 1e-5
#: Gains are changed by no more than this factor, either way.
_MOST_GAIN = 2.0


@torch.no_grad()
def calibrate(
    start: Start, images: Tensor, *, reconstruct: bool = True, correct_statistics: bool = True
) -> Start:
    """A quantized start from a float one. ``images`` are (N, 3, 224, 224) bytes, a hundred or two of them: a
    layer's maps of all of them are held in memory at once, in float32 (64 take 2.1 GB, each more 22 MB).
    Without ``reconstruct`` the weights stay, without ``correct_statistics`` the affines, but for the
    classifier's bias.
    """
    twin = FloatTwin(start)
    units: list[UnitStart] = []
    x = normalise(images).contiguous(memory_format=torch.channels_last)
    y = x
    for layer, unit, (wanted, activations) in zip(
        layers(), start.units, twin.pre_activations(x), strict=True
    ):
        fitted, weight_step = _weights(layer, unit, y, wanted, reconstruct)
        weight = quantize(fitted, weight_step.reshape(-1, 1, 1, 1), -layer.top_weight, layer.top_weight)
        sums = functional.conv2d(y, weight, stride=layer.stride, padding=layer.padding, groups=layer.groups)
        gain, offset = unit.gain, unit.offset
        if correct_statistics:
            gain, offset = _matching(sums, wanted, unit.gain)
        act_step = best_activation_steps(activations, TOP_CODE, layer.scale_per_channel)
        y = quantize(sums.mul_(_wide(gain)).add_(_wide(offset)), _wide(act_step), 0, TOP_CODE)
        units.append(UnitStart(fitted, gain, offset, weight_step, act_step))
        last = activations, act_step
    activations, act_step = last
    return _classifier(replace(start, units=tuple(units)), activations, y, act_step)


def _weights(
    layer: Layer, unit: UnitStart, y: Tensor, wanted: Tensor, reconstruct: bool
) -> tuple[Tensor, Tensor]:
    """Weights before rounding, (outputs, inputs of a group, rows, columns), and their steps (outputs,)."""
    if not reconstruct or layer.index == 0:
        # The first layer's weights have 8 bits: there is nothing to make up for.
        return unit.weight, best_weight_steps(unit.weight, layer.top_weight, _importance(layer, y))
    inputs, outputs = samples(layer, y, wanted)
    gain = torch.where(unit.gain.abs() < _FLAT, 1, unit.gain)
    offset, gain = (vector.reshape(len(inputs), 1, -1) for vector in (unit.offset, gain))
    moments = Moments.of(inputs, (outputs - offset) / gain)
    grouped = unit.weight.reshape(len(inputs), -1, inputs.shape[2])
    fitted = fit(grouped, moments)
    power = moments.inputs.diagonal(dim1=1, dim2=2)
    importance = torch.ones(1) if layer.depthwise else power[0]
    step = best_weight_steps(fitted.reshape(layer.outputs, -1), layer.top_weight, importance)
    rounded = round_in_turn(fitted, step.reshape(grouped.shape[:2]), layer.top_weight, moments)
    return rounded.reshape(unit.weight.shape), step


def _classifier(start: Start, activations: Tensor, codes_valued: Tensor, act_step: Tensor) -> Start:
    """The classifier's scale, and a bias that gives the logits the means of the twin's."""
    step = best_weight_steps(start.classifier.reshape(1, -1), TOP_CLASSIFIER_WEIGHT, torch.ones(1))
    weight = quantize(start.classifier, step, -TOP_CLASSIFIER_WEIGHT, TOP_CLASSIFIER_WEIGHT)
    sums = (codes_valued / act_step).round().sum((2, 3))
    pooled = (sums / 2**POOL_SHIFT).floor() * act_step * (2**POOL_SHIFT / POOL_SIDE**2)
    wanted = functional.linear(activations.mean((2, 3)), start.classifier, start.bias)
    bias = (wanted - functional.linear(pooled, weight)).mean(0)
    return replace(start, bias=bias, classifier_step=step.reshape(()))


def _importance(layer: Layer, x: Tensor) -> Tensor:
    """Mean square of what each weight of an output channel is multiplied by, (weights,) or (1,)."""
    if layer.depthwise:
        return torch.ones(1)
    power = x.square().mean((0, 2, 3))
    return power.repeat_interleave(layer.kernel**2)


def _matching(sums: Tensor, wanted: Tensor, gain: Tensor) -> tuple[Tensor, Tensor]:
    """Gain and offset after which ``sums`` have the means and variances of ``wanted``, by channel. The
    gain keeps its sign, and stays within _MOST_GAIN of what it was.
    """
    across = (0, 2, 3)
    spread, size = sums.std(across), gain.abs()
    matched = (wanted.std(across) / spread.clamp_min(_FLAT)).clamp(size / _MOST_GAIN, size * _MOST_GAIN)
    matched = torch.where(spread < _FLAT, gain, matched.copysign(gain))
    return matched, wanted.mean(across) - matched * sums.mean(across)


def _wide(vector: Tensor) -> Tensor:
    return vector.reshape(1, -1, 1, 1)
