"""Where the repository keeps what this package works with by default."""

from __future__ import annotations

from pathlib import Path

from .errors import TrainingError


def repository() -> Path:
    """The root of the repository. Raises TrainingError if the package is used without one."""
    for folder in Path(__file__).resolve().parents:
        if (folder / "public" / "models").is_dir() and (folder / "training").is_dir():
            return folder
    raise TrainingError(
        "The project's own files are not here: install the package from a clone, with pip install --editable."
    )


def shipped_package() -> Path:
    """The compiled package of the model that the app ships."""
    return repository() / "public" / "models" / "mobilenetv1-w4a4"


def labels_file() -> Path:
    """The names of the 1000 classes."""
    return shipped_package() / "labels.txt"


def shipped_start() -> Path:
    """The float twin: what the shipped model was trained from, and its teacher."""
    return repository() / "training" / "start" / "float_twin.npz"


def shipped_recipe() -> Path:
    """The settings of a run that is given none."""
    return repository() / "training" / "recipes" / "shipped.toml"


def shipped_export() -> Path:
    """The file that the shipped package was compiled from: the network as ``export`` wrote it."""
    return repository() / "fixtures" / "models" / "mobilenetv1-w4a4_qonnx.onnx.gz"


def sample_photos() -> Path:
    """The twelve photos that the app shows."""
    return repository() / "public" / "samples"
