"""finn-examples' way from a model's name to an overlay on the active card."""

from __future__ import annotations

from pathlib import Path

import pynq
from finn_overlay import IO_SHAPE_LISTS, MethodsOverlay

_PLATFORMS = {"xilinx_u250_gen3x16_xdma_shell_4_1": "xilinx_u250_gen3x16_xdma_4_1_202210_1"}


def mobilenetv1_w4a4_imagenet(
    target_platform: str | None = None, bitfile_path: str | None = None, rt_weights_path: str | None = None
) -> MethodsOverlay:
    name = target_platform or pynq.Device.active_device.name
    if name not in _PLATFORMS:
        raise Exception("Platform not currently supported by FINN-Examples")
    shipped = Path(__file__).parent / "bitfiles" / _PLATFORMS[name] / "mobilenetv1-w4a4.xclbin"
    return MethodsOverlay(
        bitfile_path or str(shipped), "alveo", IO_SHAPE_LISTS, runtime_weight_dir="", fclk_mhz=185.0
    )
