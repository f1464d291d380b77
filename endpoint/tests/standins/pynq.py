"""A stand-in for PYNQ on a host with two cards: as much of it as drivers and the endpoint use."""

from __future__ import annotations

from pathlib import Path


class Device:
    """A card. The class lists all of them, as PYNQ's does."""

    devices: list[Device]
    active_device: Device

    def __init__(self, name: str) -> None:
        self.name = name


Device.devices = [Device("xilinx_u250_gen3x16_xdma_shell_4_1"), Device("xilinx_u250_gen3x16_xdma_shell_2_1")]
Device.active_device = Device.devices[0]


class Overlay:
    """What is on a card."""

    def __init__(self, bitfile_name: str, download: bool = True, device: Device | None = None) -> None:
        if not Path(bitfile_name).is_file():
            raise OSError(f"Bitstream file {bitfile_name} does not exist.")
        self.bitfile_name = bitfile_name
        self.device = device or Device.active_device
        self.is_loaded = download

    def free(self) -> None:
        self.is_loaded = False
