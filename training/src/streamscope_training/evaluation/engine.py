"""The project's own engine: a model package computed in NumPy, as the accelerator does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..errors import TrainingError
from ..network.architecture import CLASSES, INPUT_SIDE, features, layers
from ..network.ranking import BEST

if TYPE_CHECKING:
    from streamscope_endpoint.emulator.network import Network
    from streamscope_endpoint.emulator.package import Node


@dataclass(frozen=True)
class Integers:
    """What every layer gives for one image, int32: the 27 activations (1, channels, rows, columns), the
    pooled vector (1, 1024), the logits (1, 1000), and the five best classes, int64 (1, 5).
    """

    activations: tuple[Tensor, ...]
    pooled: Tensor
    logits: Tensor
    classes: Tensor


class Engine:
    """Runs a package on images of 224 x 224."""

    def __init__(self, folder: Path) -> None:
        """Raises TrainingError if the package is missing, damaged, or of a network with other images or
        another number of classes to answer with, and if the engine is not installed.
        """
        self._network = _read(folder)
        package = self._network.package
        image, answer = package.input, package.nodes[-1].output
        expected = ((1, INPUT_SIDE, INPUT_SIDE, 3), "UINT8", BEST)
        if (image.shape, image.datatype.name, answer.shape[-1]) != expected:
            raise TrainingError(
                f"{folder} takes {_by(image.shape)} {image.datatype.name} and answers with {answer.shape[-1]}"
                f" classes; it must take {_by(expected[0])} UINT8 and answer with {BEST}."
            )
        self._folder = folder

    def best_five(self, image: NDArray[np.uint8]) -> list[int]:
        """The classes of an image (224, 224, 3), best first."""
        return [int(index) for index in self._network.run(image).reshape(-1)]

    def integers(self, image: Tensor) -> Integers:
        """Every layer's output for an image uint8 (3, 224, 224). Raises TrainingError if the package is of
        a network of other layers.
        """
        activations: list[Tensor] = []
        vectors: dict[str, Tensor] = {}

        def tap(node: Node, values: NDArray[np.int64]) -> None:
            if node.activation:
                activations.append(_tensor(values).permute(2, 0, 1)[None])
            elif node.kind in ("Pool", "ChannelwiseOp"):
                vectors[node.kind] = _tensor(values).reshape(1, -1)

        classes = self._network.run(image.permute(1, 2, 0).contiguous().numpy(), tap)
        shapes = [tuple(values.shape[1:]) for values in activations]
        lengths = {kind: values.shape[1] for kind, values in vectors.items()}
        if shapes != _shapes() or lengths != {"Pool": features(), "ChannelwiseOp": CLASSES}:
            raise TrainingError(
                f"{self._folder} is of another network than this one; compile an export of it."
            )
        return Integers(
            tuple(activations),
            vectors["Pool"],
            vectors["ChannelwiseOp"],
            torch.from_numpy(classes.reshape(1, -1).astype(np.int64)),
        )


def _read(folder: Path) -> Network:
    try:
        from streamscope_endpoint.emulator.network import Network
        from streamscope_endpoint.errors import SetupError
    except ImportError as error:
        raise TrainingError(
            "The engine that runs the integer network is not installed: pip install --editable endpoint, from"
            " the repository's root."
        ) from error
    try:
        return Network(folder)
    except SetupError as error:
        raise TrainingError(str(error)) from error


def _shapes() -> list[tuple[int, int, int]]:
    """Channels, rows and columns of the activations."""
    side = INPUT_SIDE
    shapes: list[tuple[int, int, int]] = []
    for layer in layers():
        side = (side + 2 * layer.padding - layer.kernel) // layer.stride + 1
        shapes.append((layer.outputs, side, side))
    return shapes


def _tensor(values: NDArray[np.int64]) -> Tensor:
    return torch.from_numpy(values.astype(np.int32))


def _by(shape: Sequence[int]) -> str:
    return " x ".join(map(str, shape))
