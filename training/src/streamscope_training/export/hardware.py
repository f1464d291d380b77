"""What a network must keep to before it becomes hardware."""

from __future__ import annotations

from typing import NoReturn

import torch
from torch import Tensor

from ..errors import TrainingError
from ..network.architecture import TOP_CLASSIFIER_WEIGHT, TOP_CODE
from ..network.mobilenet import MobileNet, Unit
from ..network.quantizers import LEAST_SCALE
from .integers import bias_codes, weight_codes

#: Sums stay below this, so that float32, in which the emulators add up, holds each of them exactly.
SUM_LIMIT = 2**24
_INT32_LIMIT = 2**31


@torch.no_grad()
def check_for_hardware(network: MobileNet) -> None:
    """Raises TrainingError, naming the layer, for a value that is not finite, a scale that fell to 0 (but
    that of a dead channel's weights), a weight outside its narrow range, or a sum or bias that is too large.
    """
    for unit in network.each_unit():
        name, layer = unit.layer.name, unit.layer
        gain, offset = unit.affine()
        _check_finite(name, "gains", gain)
        _check_finite(name, "offsets", offset)
        _check_finite(name, "weights", unit.conv.weight)
        _check_finite(name, "scales of the weights", unit.weight_scale)
        # Of a channel without weights the scale means nothing: training lets it fall with them.
        _check_scales(name, "weights", unit.weight_scale.flatten(), ~_is_dead(unit))
        _check_finite(name, "scales of the activations", unit.act_scale)
        _check_scales(name, "activations", unit.act_scale)
        codes, _ = weight_codes(unit.conv)
        _check_range(name, codes, layer.top_weight)
    _check_classifier(network)


@torch.no_grad()
def dead_channels(network: MobileNet) -> dict[str, list[int]]:
    """Channels that give the same for every picture, by their layer's name: their gain is 0, or all their
    weights are. The hardware takes them, at their full cost.
    """
    found = {unit.layer.name: _is_dead(unit).nonzero().flatten().tolist() for unit in network.each_unit()}
    return {name: channels for name, channels in found.items() if channels}


def _is_dead(unit: Unit) -> Tensor:
    """Of each output channel, (outputs,)."""
    gain, _ = unit.affine()
    codes, _ = weight_codes(unit.conv)
    return (gain == 0) | (codes == 0).flatten(1).all(1)


def _check_classifier(network: MobileNet) -> None:
    name, classifier = "the classifier", network.classifier
    _check_finite(name, "weights", classifier.weight)
    _check_finite(name, "biases", classifier.bias)
    _check_finite(name, "scales of the weights", network.classifier_scale)
    _check_scales(name, "weights", network.classifier_scale)
    codes, _ = weight_codes(classifier)
    _check_range(name, codes, TOP_CLASSIFIER_WEIGHT)
    bias = bias_codes(network)
    largest = int(bias.abs().max())
    if largest >= _INT32_LIMIT:
        _refuse(f"the bias of {name} comes to {largest:,} steps of its sums, which 32 bits do not hold")
    # Those of convolutions stay far below, whatever the weights.
    _check_sums(name, codes.double().abs().sum(1) * TOP_CODE + bias.abs())


def _check_finite(name: str, what: str, values: Tensor) -> None:
    bad = int((~torch.isfinite(values)).sum())
    if bad:
        _refuse(f"{bad} of the {values.numel()} {what} of {name} are not finite")


def _check_scales(name: str, what: str, largest: Tensor, in_use: Tensor | bool = True) -> None:
    bad = int(((largest <= LEAST_SCALE) & in_use).sum())
    if bad:
        _refuse(f"{bad} of the {largest.numel()} scales of the {what} of {name} fell to 0")


def _check_range(name: str, codes: Tensor, top: int) -> None:
    largest = int(codes.abs().max())
    if largest > top:
        _refuse(f"{name} has a weight of {largest}, and its range is from -{top} to {top}")


def _check_sums(name: str, reach: Tensor) -> None:
    largest = int(reach.max())
    if largest >= SUM_LIMIT:
        _refuse(f"a sum of {name} can reach {largest:,}, and must stay below {SUM_LIMIT:,}")


def _refuse(why: str) -> NoReturn:
    raise TrainingError(f"This network cannot become hardware: {why}. Export an earlier checkpoint.")
