"""From a float start to a quantized one, layer by layer on photos, without training.

Each layer but the first gets the weights that come closest to the float twin's pre-activations from the
layer's inputs as quantization has left them, rounded so that errors make up for each other (see
``reconstruct``); weight scales of least squared error; then a gain and an offset that give its
pre-activations the means and variances of the twin's; then the activation scales of least squared error.
Channels that compute the same are read a part of a step apart (see ``copies``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn import functional

from ..network.architecture import POOL_SHIFT, POOL_SIDE, TOP_CLASSIFIER_WEIGHT, TOP_CODE, Layer, layers
from ..network.float_twin import CEILING
from ..network.start import Start, UnitStart
from .copies import shares_of_step
from .parts import Part, parts_of
from .reconstruct import Moments, fit, round_in_turn
from .samples import VALUES, Places, values, windows
from .spread import Spread
from .steps import best_activation_steps, best_weight_steps, quantize

#: A channel whose spread is below this is constant: it keeps its gain. A gain below this is none: its weights
#: are fitted as if it were 1.
_FLAT = 1e-5
#: Gains are changed by no more than this factor, either way.
_MOST_GAIN = 2.0
#: Photos for the first layers; from this layer on, whose maps are 14 wide, all are looked at.
_EARLY_PHOTOS = 1000
_LATE = "block6.pointwise"
#: Places that weights are found on, many for each weight of an output: so many or all, and fewer than three
#: times as many. What a layer takes in and gives there is 1.6 GB at most.
_PLACES = 100_000
_DEPTHWISE_PLACES = 20_000


@torch.no_grad()
def calibrate(
    start: Start,
    images: Tensor,
    *,
    reconstruct: bool = True,
    correct_statistics: bool = True,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Start:
    """A quantized start from a float one. ``images`` are (N, 3, 224, 224) bytes, thousands of them: layers
    with many weights for an output learn a few hundred by heart. The first layers, which have few weights
    and large maps, look at _EARLY_PHOTOS only, in 4 MB of memory a photo; the later ones in 0.5 MB.
    Without ``reconstruct`` the weights stay, without ``correct_statistics`` the affines, but for the
    classifier's bias and for the offsets of copies. ``progress`` is told after each layer how many are done.
    """
    units: list[UnitStart] = []
    quantized: list[UnitStart] = []
    parts = parts_of(images[:_EARLY_PHOTOS])
    for layer, unit in zip(layers(), start.units, strict=True):
        if layer.name == _LATE:
            parts += _after(parts_of(images[_EARLY_PHOTOS:]), start, quantized)
        # The first layer's weights have 8 bits: there is nothing to make up for.
        seen = _look(layer, unit, parts, reconstruct=reconstruct and layer.index > 0)
        fitted, weight_step = _weights(layer, unit, seen)
        weight = quantize(fitted, weight_step.reshape(-1, 1, 1, 1), -layer.top_weight, layer.top_weight)
        gain, offset = unit.gain, unit.offset
        if correct_statistics:
            sums = Spread()
            for part in parts:
                sums.add(part.sums(layer, weight))
            gain, offset = _matching(sums, seen.wanted, unit.gain)
        act_step = best_activation_steps(seen.activations, TOP_CODE, layer.scale_per_channel)
        offset = offset - shares_of_step(unit) * act_step
        quantized.append(UnitStart(weight, gain, offset, weight_step, act_step))
        for part in parts:
            part.advance_student(layer, quantized[-1])
        units.append(UnitStart(fitted, gain, offset, weight_step, act_step))
        # Large, and not needed while the next layer is looked at.
        del seen
        progress(len(units), len(start.units))
    return _classifier(replace(start, units=tuple(units)), parts, act_step)


@dataclass(frozen=True)
class _Seen:
    """What the weights and scales of a layer are found by."""

    #: What the twin gives before its clamp, and some of it after, (values, C).
    wanted: Spread
    activations: Tensor
    #: Mean square of the quantized layer's input by channel; None with reconstruction.
    power: Tensor | None
    #: Windows of that input, and what is wanted there (see ``samples``); None without reconstruction.
    regression: tuple[Tensor, Tensor] | None


def _after(parts: list[Part], start: Start, quantized: list[UnitStart]) -> list[Part]:
    """Further photos, passed through the layers that are quantized already."""
    for part in parts:
        for layer, twin, student in zip(layers(), start.units, quantized, strict=False):
            part.advance_twin(layer, twin)
            part.advance_student(layer, student)
    return parts


def _look(layer: Layer, unit: UnitStart, parts: list[Part], *, reconstruct: bool) -> _Seen:
    """Takes the twin past a layer in all parts."""
    photos = sum(len(part.codes()) for part in parts)
    wanted, inputs = Spread(), Spread()
    activations: list[Tensor] = []
    under: list[Tensor] = []
    outcomes: list[Tensor] = []
    at = 0
    for part in parts:
        before, x = part.advance_twin(layer, unit), part.student()
        places = before.numel() // before.shape[1]
        all_places, width = places // len(x) * photos, before.shape[3]
        wanted.add(before)
        if reconstruct:
            most = _DEPTHWISE_PLACES if layer.depthwise else _PLACES
            taken = Places.about(most, all_places, width).within(before, at)
            for found, one in zip((under, outcomes), windows(layer, x, before, taken), strict=True):
                found.append(one)
        else:
            inputs.add(x)
        taken = Places.about(VALUES, all_places, width).within(before, at)
        activations.append(values(before, taken).clamp(0, CEILING))
        at += places
    return _Seen(
        wanted,
        torch.cat(activations),
        None if reconstruct else inputs.mean_square(),
        (torch.cat(under, dim=1), torch.cat(outcomes, dim=1)) if reconstruct else None,
    )


def _weights(layer: Layer, unit: UnitStart, seen: _Seen) -> tuple[Tensor, Tensor]:
    """Weights before rounding, (outputs, inputs of a group, rows, columns), and their steps (outputs,)."""
    if seen.regression is None:
        assert seen.power is not None
        one = torch.ones(1)
        importance = one if layer.depthwise else seen.power.repeat_interleave(layer.kernel**2)
        return unit.weight, best_weight_steps(unit.weight, layer.top_weight, importance)
    inputs, outputs = seen.regression
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


def _classifier(start: Start, parts: list[Part], act_step: Tensor) -> Start:
    """The classifier's scale, and a bias that gives the logits the means of the twin's."""
    step = best_weight_steps(start.classifier.reshape(1, -1), TOP_CLASSIFIER_WEIGHT, torch.ones(1))
    weight = quantize(start.classifier, step, -TOP_CLASSIFIER_WEIGHT, TOP_CLASSIFIER_WEIGHT)
    sums = torch.cat([part.codes().sum((2, 3)) for part in parts]).float()
    pooled = (sums / 2**POOL_SHIFT).floor() * act_step * (2**POOL_SHIFT / POOL_SIDE**2)
    features = torch.cat([part.twin().mean((2, 3)) for part in parts])
    wanted = functional.linear(features, start.classifier, start.bias)
    bias = (wanted - functional.linear(pooled, weight)).mean(0)
    return replace(start, bias=bias, classifier_step=step.reshape(()))


def _matching(sums: Spread, wanted: Spread, gain: Tensor) -> tuple[Tensor, Tensor]:
    """Gain and offset after which ``sums`` have the means and variances of ``wanted``, by channel. The
    gain keeps its sign, and stays within _MOST_GAIN of what it was.
    """
    spread, size = sums.std(), gain.abs()
    matched = (wanted.std() / spread.clamp_min(_FLAT)).clamp(size / _MOST_GAIN, size * _MOST_GAIN)
    matched = torch.where(spread < _FLAT, gain, matched.copysign(gain))
    return matched, wanted.mean() - matched * sums.mean()
