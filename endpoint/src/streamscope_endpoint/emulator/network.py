"""A model package, ready to run."""

from __future__ import annotations

from pathlib import Path
from typing import Callable

from ..arrays import Array
from ..errors import SetupError
from .layers import make_layer
from .package import Node, read_package

Tap = Callable[[Node, Array], None]


class Network:
    """The accelerator's layers, computed one after the other. Raises SetupError on a bad package."""

    def __init__(self, folder: Path) -> None:
        self.package = read_package(folder)
        try:
            self._layers = [(node, make_layer(node)) for node in self.package.nodes]
        except (KeyError, TypeError, ValueError) as error:
            raise SetupError(f"The model package is damaged: a layer cannot be made ({error}).") from error

    def run(self, image: Array, tap: Tap | None = None) -> Array:
        """The class indices of one image ``[height, width, channels]``, best first. ``tap`` is
        called with each node and its output.
        """
        values = image
        for node, layer in self._layers:
            values = layer(values)
            if tap:
                tap(node, values)
        return values
