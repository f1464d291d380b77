"""Small pictures for tests, made here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from streamscope_training import paths
from streamscope_training.data.scan import Photo


def noise(width: int, height: int, seed: int = 0) -> NDArray[np.uint8]:
    """Smooth colours, so that lossy files stay near: (height, width, 3)."""
    coarse = np.random.default_rng(seed).integers(0, 256, (5, 6, 3), dtype=np.uint8)
    return np.asarray(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC))


def save(file: Path, pixels: NDArray[np.uint8], **options: object) -> Path:
    """Writes an array as an image, in folders made for it; the suffix tells the format."""
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(file, **options)
    return file


def folder_of(folder: Path, *names: str, width: int = 80, height: int = 72) -> Path:
    """A folder with a different picture under every name."""
    for seed, name in enumerate(names):
        save(folder / name, noise(width, height, seed))
    return folder


def photos_named(*paths: str) -> list[Photo]:
    """Photos that a scan could have found; no files."""
    return [Photo(path, f"/nowhere/{path}", 1, 1) for path in paths]


#: Sample photos that the app ships.
_SAMPLES = ("bee", "cat", "dog", "macaw", "panda", "tiger")


def sample_photos(side: int, count: int = len(_SAMPLES)) -> Tensor:
    """Whole sample photos scaled to (count, 3, side, side) bytes."""
    found = []
    for name in _SAMPLES[:count]:
        with Image.open(paths.repository() / "public" / "samples" / f"{name}.jpg") as image:
            found.append(np.asarray(image.convert("RGB").resize((side, side))))
    return torch.from_numpy(np.stack(found)).permute(0, 3, 1, 2).contiguous()
