"""The integers that a network's weights and bias stand for."""

from __future__ import annotations

import torch
from brevitas.nn import QuantConv2d, QuantLinear
from torch import Tensor

from ..network.architecture import POOL_SHIFT, POOL_SIDE
from ..network.mobilenet import MobileNet


@torch.no_grad()
def weight_codes(layer: QuantConv2d | QuantLinear) -> tuple[Tensor, Tensor]:
    """A layer's weights as integers, in its own shape, and the scale that broadcasts over them; both
    float32, as Brevitas's own quantizer has them.
    """
    quantized = layer.quant_weight()
    return quantized.int(float_datatype=True), quantized.scale


@torch.no_grad()
def put_weights_on_grid(network: MobileNet) -> None:
    """Makes every weight its integer times its scale, rounded to float32 once.

    The quantizers give the same integers as before: the rounding is off by far less than half a step. A
    file of few different values packs well.
    """
    for layer in (*(unit.conv for unit in network.each_unit()), network.classifier):
        codes, scale = weight_codes(layer)
        layer.weight.copy_(codes * scale)


@torch.no_grad()
def bias_codes(network: MobileNet) -> Tensor:
    """The classifier's bias in steps of its sums, (1000,) in float64, rounded but not clipped.

    A step is that of the pooled activations times that of the weights. The pool divides the sum of 49
    codes by 64 where a mean would divide it by 49, and so its step is 64/49 of the last activation's.
    """
    *_, last = network.each_unit()
    _, scale = weight_codes(network.classifier)
    step = last.act_step().double() * 2**POOL_SHIFT / POOL_SIDE**2 * scale.double()
    return torch.round(network.classifier.bias.double() / step)
