"""The integers behind the values of a Brevitas network."""

from __future__ import annotations

import torch
from brevitas.quant_tensor import IntQuantTensor
from torch import Tensor

from ..network.mobilenet import MobileNet


def codes(values: IntQuantTensor) -> Tensor:
    """A quantized tensor as integers, int32."""
    return torch.round(values.value / values.scale).to(torch.int32)


def logit_codes(network: MobileNet, pooled: IntQuantTensor) -> Tensor:
    """Pooled features -> logits in steps of the classifier's sums, int32 (N, 1000).

    A step is the pooled features' times the weights'. Logits in float32 are off from whole steps by
    their rounding, which would put equal ones in any order.
    """
    step = pooled.scale * network.classifier.quant_weight().scale
    logits = network.classifier(pooled.flatten(1))
    return torch.round(logits / step).to(torch.int32)


@torch.no_grad()
def forward_logits(network: MobileNet, x: Tensor) -> Tensor:
    """Runs a network in evaluation mode: normalised images (N, 3, 224, 224) -> logits as ``logit_codes``."""
    for unit in network.each_unit():
        x = unit(x)
    return logit_codes(network, network.pool(x))
