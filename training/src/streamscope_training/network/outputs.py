"""What the student and the twin give on a batch, whatever arithmetic computes them."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor


@dataclass(frozen=True)
class Target:
    """Features that a layer is to come close to."""

    #: (N, C, H, W), channels last.
    features: Tensor
    #: Weight of a squared error, by channel (C,), float32.
    weight: Tensor


@dataclass(frozen=True)
class Output:
    """What the student gives."""

    #: (N, 1000) and (N, 1024), float32, dequantized.
    logits: Tensor
    pooled: Tensor
    #: For each layer that had a target, by its index, the sum of its weighted squared errors.
    losses: dict[int, Tensor]


@dataclass(frozen=True)
class TwinOutput:
    """What the twin gives: as ``Output``, and the features of the layers asked for."""

    logits: Tensor
    pooled: Tensor
    features: dict[int, Tensor]
