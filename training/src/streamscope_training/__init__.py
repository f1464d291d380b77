"""Trains FINN's 4-bit MobileNet-v1 with quantization in the loop, evaluates it and exports it as QONNX."""

from __future__ import annotations

__version__ = "0.1.0"
