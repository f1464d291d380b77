"""A server for FINN's MobileNet-v1 accelerator, or its emulator, over the Open Inference Protocol v2."""

from __future__ import annotations

__version__ = "0.1.0"
