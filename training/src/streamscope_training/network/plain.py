"""Forward passes by Brevitas and PyTorch alone, in float32: what ``fused`` is held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from .architecture import layers
from .float_twin import FloatTwin
from .mobilenet import MobileNet, normalise
from .outputs import Output, Target, TwinOutput


def forward(network: MobileNet, images: Tensor, targets: Mapping[int, Target] | None = None) -> Output:
    """The network on images (N, 3, 224, 224) of bytes. ``targets`` are of layers by their index."""
    targets = targets or {}
    losses: dict[int, Tensor] = {}
    x = normalise(images)
    for unit in network.each_unit():
        x = unit(x)
        if target := targets.get(unit.layer.index):
            error = (value_of(x) - target.features.float()).square()
            losses[unit.layer.index] = (error * target.weight.reshape(1, -1, 1, 1)).sum()
    pooled = network.pool(x).flatten(1)
    return Output(network.classifier(pooled), value_of(pooled), losses)


class PlainTwin:
    """The float twin in float32."""

    def __init__(self, twin: FloatTwin) -> None:
        self._twin = twin

    @torch.no_grad()
    def __call__(self, images: Tensor, keep: Sequence[int] = ()) -> TwinOutput:
        """Images (N, 3, 224, 224) of bytes; keeps the features of the layers of these indices."""
        features: dict[int, Tensor] = {}
        x = normalise(images)
        for layer, (_, activations) in zip(layers(), self._twin.pre_activations(x), strict=True):
            x = activations
            if layer.index in keep:
                features[layer.index] = x
        pooled = x.mean((2, 3))
        return TwinOutput(self._twin.logits(pooled), pooled, features)


def value_of(x: Tensor) -> Tensor:
    """The values of what a quantized layer gives, which may be a tensor of Brevitas's."""
    return x.value if hasattr(x, "value") else x
