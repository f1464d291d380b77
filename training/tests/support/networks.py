"""Networks for tests: seeded weights, with which every layer is alive."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from streamscope_training.network.architecture import INPUT_SIDE
from streamscope_training.network.mobilenet import MobileNet, Unit, normalise

from .pictures import noise


@torch.no_grad()
def sane_network(seed: int) -> MobileNet:
    """A network of random weights, in evaluation mode.

    Gains (three in ten are negative), offsets and activation scales are set layer by layer from two smooth
    pictures, so that on them every quantizer uses its whole range and clips a little.
    """
    random = torch.Generator().manual_seed(seed)
    network = MobileNet().eval()
    pictures = np.stack([noise(INPUT_SIDE, INPUT_SIDE, seed + i) for i in range(2)])
    x = normalise(torch.from_numpy(pictures).permute(0, 3, 1, 2))
    for unit in network.each_unit():
        x = _set_unit(unit, x, random)
    weight = torch.randn(network.classifier.weight.shape, generator=random)
    network.classifier.weight.copy_(weight)
    network.classifier_scale.copy_(0.7 * weight.abs().max())
    network.classifier.bias.copy_(torch.randn(network.classifier.bias.shape, generator=random))
    return network


def _set_unit(unit: Unit, x: Tensor, random: torch.Generator) -> Tensor:
    """Sets a unit from its input, and returns its output."""
    layer = unit.layer
    weight = torch.randn(layer.weight_shape, generator=random)
    unit.conv.weight.copy_(weight)
    unit.weight_scale.copy_(0.8 * weight.abs().amax((1, 2, 3), keepdim=True))
    quantized = unit.conv.quant_weight().value
    y = functional.conv2d(x, quantized, stride=layer.stride, padding=layer.padding, groups=layer.groups)
    mean, deviation = y.mean((0, 2, 3)), y.std((0, 2, 3))
    sign = torch.where(torch.rand(layer.outputs, generator=random) < 0.3, -1.0, 1.0)
    # A channel that hardly varies on two pictures must not get an enormous gain.
    gain = sign / torch.maximum(deviation, 0.1 * deviation.mean())
    unit.norm.weight.copy_(gain * (1 + unit.norm.eps) ** 0.5)
    unit.norm.bias.copy_(torch.rand(layer.outputs, generator=random) - gain * mean)
    y = unit.norm(y)
    largest = y.amax((0, 2, 3)) if layer.scale_per_channel else y.max()
    unit.act_scale.copy_((0.6 * largest).clamp_min(0.1).reshape(unit.act_scale.shape))
    return unit.act(y).value  # type: ignore[no-any-return]
