"""What the repository has beside the shipped package: the file it was compiled from, and photos."""

from __future__ import annotations

from pathlib import Path

from ..paths import repository


def shipped_export() -> Path:
    """The shipped network as ``export`` wrote it. Raises TrainingError outside the repository."""
    return repository() / "fixtures" / "models" / "mobilenetv1-w4a4_qonnx.onnx.gz"


def sample_photos() -> Path:
    """The twelve photos that the app shows. Raises TrainingError outside the repository."""
    return repository() / "public" / "samples"
