"""Beside driver.py, as in a FINN build."""

from __future__ import annotations

from finn_overlay import PropertiesOverlay as FINNExampleOverlay

__all__ = ["FINNExampleOverlay"]
