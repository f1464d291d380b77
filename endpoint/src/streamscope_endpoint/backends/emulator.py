"""The accelerator computed in NumPy, integer for integer. No hardware, and it says so."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ..arrays import Array
from ..emulator.network import Network
from ..errors import SetupError
from ..settings import Settings
from .base import Backend, BackendInfo

#: Inside the wheel; in a checkout the package lies where the web app ships it from.
_SHIPPED = Path(__file__).parents[1] / "models" / "mobilenetv1-w4a4"
_CHECKOUT = Path(__file__).parents[4] / "public" / "models" / "mobilenetv1-w4a4"


class EmulatorBackend(Backend):
    """Runs a Streamscope model package: the shipped one, or the folder after ``--model``."""

    def __init__(self, settings: Settings) -> None:
        self._network = Network(Path(settings.model) if settings.model else shipped_model())
        package = self._network.package
        _, height, width, channels = _checked_input(self._network)
        self.info = BackendInfo(
            name="emulator",
            hardware=False,
            platform="streamscope-emulator (emulator, no hardware)",
            model_name=settings.model_name or package.name,
            model_checksum=package.checksum,
            image_shape=(height, width, channels),
            k=int(package.nodes[-1].attributes["k"]),
        )

    def run(self, images: Array) -> Array:
        # One after the other: an image's layers then stay in the processor's caches.
        return np.stack([self._network.run(image) for image in images]).astype(np.uint16)

    def close(self) -> None:
        """There is nothing to let go."""


def shipped_model() -> Path:
    """The folder of the model that comes with the endpoint."""
    return _SHIPPED if _SHIPPED.is_dir() else _CHECKOUT


def _checked_input(network: Network) -> tuple[int, ...]:
    package = network.package
    shape, datatype = package.input.shape, package.input.datatype
    if len(shape) != 4 or datatype.name != "UINT8":
        raise SetupError(
            f"{package.name} takes {'x'.join(map(str, shape))} {datatype.name}; "
            "this endpoint serves networks that take images of UINT8."
        )
    if package.nodes[-1].attributes["labels"] > 2**16:
        raise SetupError(f"{package.name} has more classes than 16 bits can number.")
    return shape
