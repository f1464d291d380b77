"""Keeps weights from swinging between two codes.

What is learned is a real number a weight; what computes is its code, the nearest whole number of quantizer
steps. A weight whose best value lies between two codes is drawn to the boundary from either side, and
crosses it every few steps: thousands of codes change back and forth at once, and the network's loss shows
that noise until the learning rate is near 0 (Nagel et al., "Overcoming Oscillations in Quantization-Aware
Training", 2022, which dampens or freezes such weights). Here a weight that crosses a boundary goes on to at
least a given distance behind it. To change its code again it has to come all the way back, which takes
the gradients of many steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import torch
from torch import Tensor, nn

from ..network.architecture import TOP_CLASSIFIER_WEIGHT
from ..network.mobilenet import MobileNet
from ..network.quantizers import LEAST_SCALE


class Hysteresis:
    """Pushes weights whose codes have changed. It has no state: call ``codes`` before weights or their
    scales change, and ``push`` after.
    """

    def __init__(self, network: MobileNet, width: float, trained: Iterable[Tensor]) -> None:
        """Looks after the quantized weights among ``trained``; others are never moved. ``width``, in steps of
        the quantizer, is at most half a step: a code's middle.
        """
        self._width = width
        units = [(unit.conv.weight, unit.weight_scale, unit.layer.top_weight) for unit in network.each_unit()]
        classifier = (network.classifier.weight, network.classifier_scale, TOP_CLASSIFIER_WEIGHT)
        moving = {id(one) for one in trained}
        self._weights: list[tuple[nn.Parameter, nn.Parameter, int]] = [
            one for one in (*units, classifier) if id(one[0]) in moving
        ]

    @torch.no_grad()
    def codes(self) -> list[Tensor]:
        """The codes as they are, a tensor a layer."""
        return [_codes(_levels(*one), one[2]) for one in self._weights]

    @torch.no_grad()
    def push(self, before: Sequence[Tensor]) -> None:
        """Moves every weight whose code is another than before to at least ``width`` into its range."""
        for (weight, scale, top), former in zip(self._weights, before, strict=True):
            levels = _levels(weight, scale, top)
            codes = _codes(levels, top)
            changed = (codes != former).reshape(-1).nonzero().squeeze(1)
            if not len(changed):
                continue
            code = codes.reshape(-1)[changed]
            up = code > former.reshape(-1)[changed]
            level = levels.reshape(-1)[changed]
            least = code - 0.5 + self._width
            most = code + 0.5 - self._width
            level = torch.where(up, torch.maximum(level, least), torch.minimum(level, most))
            steps = _step(scale, top).expand_as(weight).reshape(-1)[changed]
            weight.view(-1)[changed] = level * steps


def _step(scale: Tensor, top: int) -> Tensor:
    return scale.clamp_min(LEAST_SCALE) / top


def _levels(weight: Tensor, scale: Tensor, top: int) -> Tensor:
    """The weights in steps of their quantizer."""
    return weight / _step(scale, top)


def _codes(levels: Tensor, top: int) -> Tensor:
    return levels.round().clamp_(-top, top)
