"""Which code computes the forward passes: the recipe's section ``precision`` says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from torch import Tensor

from ..fused import forward as fused
from ..network import plain
from ..network.float_twin import FloatTwin
from ..network.mobilenet import MobileNet
from ..network.outputs import Output, Target, TwinOutput
from .recipe import Precision


class Student(Protocol):
    """The network on images (N, 3, 224, 224) of bytes; ``targets`` are of layers by their index."""

    def __call__(
        self, network: MobileNet, images: Tensor, targets: Mapping[int, Target] | None = None
    ) -> Output: ...


#: The twin on images (N, 3, 224, 224) of bytes; keeps the features of the layers of these indices.
Teacher = Callable[[Tensor, Sequence[int]], TwinOutput]


def student(precision: Precision) -> Student:
    """The network's forward pass in this precision."""
    return plain.forward if precision.compute == "float32" else fused.forward


def teacher(precision: Precision, twin: FloatTwin) -> Teacher:
    """The twin's forward pass in this precision."""
    return plain.PlainTwin(twin) if precision.compute == "float32" else fused.FusedTwin(twin)
