"""What a FINN build's driver.py has, imported: the overlay's class and the shapes."""

from __future__ import annotations

from driver_base import FINNExampleOverlay
from finn_overlay import IO_SHAPES

__all__ = ["FINNExampleOverlay", "io_shape_dict"]

io_shape_dict = IO_SHAPES
