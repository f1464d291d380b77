"""What a back end is: something that turns images into class indices."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from ..arrays import Array


@dataclass(frozen=True)
class BackendInfo:
    """What a back end says of itself, in metadata, answers and metrics."""

    #: ``emulator`` or ``pynq``.
    name: str
    #: Is there a card behind it?
    hardware: bool
    #: For people: the platform of the protocol's model metadata.
    platform: str
    model_name: str
    #: SHA-256 in hex of what runs: the emulator's package, the card's bitfile.
    model_checksum: str
    #: Of one image: height, width, channels (uint8).
    image_shape: tuple[int, int, int]
    #: How many class indices an image gets.
    k: int


class Backend(ABC):
    """Made, used and closed in one and the same thread."""

    info: BackendInfo

    @abstractmethod
    def run(self, images: Array) -> Array:
        """The class indices ``[n, k]``, uint16, best first, of ``images`` ``[n, *image_shape]``:
        uint8, C-contiguous, n >= 1. Raises DeviceError, whose message clients may see.
        """

    @abstractmethod
    def close(self) -> None:
        """Lets the device go."""
