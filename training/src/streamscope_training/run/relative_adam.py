"""Adam whose steps are measured in units that suit each parameter.

In this network weights of one layer differ by factors of a thousand from channel to channel, and scales
from layer to layer. What matters to a quantized weight is how far it moves in steps of its quantizer. So a
parameter's update is Adam's (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015), of size
about 1, times its unit, times the learning rate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from ..network.architecture import TOP_CLASSIFIER_WEIGHT, TOP_CODE
from ..network.mobilenet import MobileNet
from .hysteresis import Hysteresis
from .recipe import Optimizer, Rates

#: A gain's unit is at least this, so that a channel at 0 can come back.
_LEAST_GAIN = 0.1
#: A seventh of the largest weight: the step of a 4-bit weight.
_PARTS = 7
#: Unit of the classifier's bias, in logits: small against the differences of logits that decide.
_BIAS_UNIT = 0.02
#: Keeps a parameter without any gradient where it is; far below any gradient's size.
_EPSILON = 1e-20


def units(network: MobileNet, rates: Rates) -> dict[str, Tensor]:
    """For each parameter that is trained its unit, broadcastable to it, times its group's rate. Parameters
    whose rate is 0 are left out.

    Weights: the step of a 4-bit quantizer. Scales: themselves. Gains: themselves. Offsets: the
    activation's step. The classifier's weights and scale: the same, its scale by ``rates.weight_scales``,
    too; its bias: a constant. So the rates need no change from layer to layer.
    """
    found: dict[int, Tensor] = {}

    def add(parameter: nn.Parameter, unit: Tensor, rate: float) -> None:
        if rate > 0:
            found[id(parameter)] = (unit * rate).detach().clone()

    for unit in network.each_unit():
        rate = rates.depthwise if unit.layer.depthwise else rates.weights
        add(unit.conv.weight, unit.weight_scale / _PARTS, rate)
        add(unit.weight_scale, unit.weight_scale, rates.weight_scales)
        add(unit.act_scale, unit.act_scale, rates.activation_scales)
        add(unit.norm.weight, unit.norm.weight.abs().clamp_min(_LEAST_GAIN), rates.gains)
        add(unit.norm.bias, unit.act_scale.reshape(-1) / TOP_CODE, rates.offsets)
    scale = network.classifier_scale
    add(network.classifier.weight, scale / TOP_CLASSIFIER_WEIGHT, rates.classifier)
    add(scale, scale, rates.classifier * rates.weight_scales)
    add(network.classifier.bias, torch.tensor(_BIAS_UNIT), rates.classifier)
    return {name: found[id(one)] for name, one in network.named_parameters() if id(one) in found}


@dataclass
class _Moments:
    first: Tensor
    second: Tensor


class RelativeAdam:
    """The optimizer: ``step`` after a backward pass, ``state_dict`` for checkpoints."""

    def __init__(self, network: MobileNet, settings: Optimizer, rates: Rates) -> None:
        """Takes the units from the network as it is now, which is to be its start."""
        self._betas = settings.betas
        self._units = units(network, rates)
        self._parameters = {
            name: parameter for name, parameter in network.named_parameters() if name in self._units
        }
        self._moments = {
            name: _Moments(torch.zeros_like(one), torch.zeros_like(one))
            for name, one in self._parameters.items()
        }
        self._steps = 0
        self._hysteresis = (
            Hysteresis(network, settings.hysteresis, self._parameters.values())
            if settings.hysteresis
            else None
        )

    @torch.no_grad()
    def step(self, learning_rate: float) -> None:
        """Moves every parameter that has a gradient, and drops the gradients."""
        self._steps += 1
        before = self._hysteresis.codes() if self._hysteresis else []
        decay, decay_squares = self._betas
        by_first = 1 / (1 - decay**self._steps)
        by_second = 1 / (1 - decay_squares**self._steps)
        for name, parameter in self._parameters.items():
            gradient = parameter.grad
            if gradient is None:
                continue
            moments = self._moments[name]
            moments.first.mul_(decay).add_(gradient, alpha=1 - decay)
            moments.second.mul_(decay_squares).addcmul_(gradient, gradient, value=1 - decay_squares)
            move = (moments.first * by_first) / ((moments.second * by_second).sqrt() + _EPSILON)
            parameter.sub_(move * self._units[name], alpha=learning_rate)
            parameter.grad = None
        if self._hysteresis:
            self._hysteresis.push(before)

    def state_dict(self) -> dict[str, Any]:
        """Steps, units and moments, all by the parameters' names."""
        return {
            "steps": self._steps,
            "units": dict(self._units),
            "first": {name: one.first for name, one in self._moments.items()},
            "second": {name: one.second for name, one in self._moments.items()},
        }

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Takes over what ``state_dict`` gave, for the same parameters."""
        self._steps = int(state["steps"])
        self._units = {name: state["units"][name].clone() for name in self._units}
        for name, moments in self._moments.items():
            moments.first.copy_(state["first"][name])
            moments.second.copy_(state["second"][name])
