"""What training does to a photo before the network sees it: a random crop, and a flip."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .decode import SIDE, Bytes, square

RATIO = (3 / 4, 4 / 3)
"""Width to height of a resized crop, as in published ImageNet recipes."""

_TRIES = 10

DRAWS = 2 * _TRIES + 3
"""How many numbers in [0, 1) a photo takes: always as many, so that photos do not depend on each other."""


def augment(
    photo: Bytes, draws: NDArray[np.float64], crop: int, flip: bool, scale: tuple[float, float] | None
) -> Bytes:
    """A crop of an RGB photo (H, W, 3), mirrored half of the time if ``flip``: (crop, crop, 3).

    Without ``scale`` it is cut from the photo's square of 256. With it, it is a part of the whole photo with
    this share of its area and a ratio within ``RATIO``, resized with an antialiasing bilinear filter (the
    "random resized crop" of published recipes). ``draws`` are ``DRAWS`` numbers in [0, 1).
    """
    mirror, place_y, place_x = draws[:3]
    if scale is None:
        if photo.shape != (SIDE, SIDE, 3):
            photo = square(Image.fromarray(photo))
        top, left = int(place_y * (SIDE - crop + 1)), int(place_x * (SIDE - crop + 1))
        part = photo[top : top + crop, left : left + crop]
    else:
        height, width = photo.shape[:2]
        high, wide = _part_size(height, width, draws[3:], scale)
        top, left = int(place_y * (height - high + 1)), int(place_x * (width - wide + 1))
        cut = Image.fromarray(np.ascontiguousarray(photo[top : top + high, left : left + wide]))
        part = np.asarray(cut.resize((crop, crop), Image.Resampling.BILINEAR))
    return part[:, ::-1] if flip and mirror < 0.5 else part


def _part_size(
    height: int, width: int, draws: NDArray[np.float64], scale: tuple[float, float]
) -> tuple[int, int]:
    """Height and width of a part: drawn until it fits, at last the largest with an allowed ratio."""
    shortest, longest = (math.log(ratio) for ratio in RATIO)
    for share, slant in draws.reshape(_TRIES, 2):
        area = height * width * (scale[0] + (scale[1] - scale[0]) * share)
        ratio = math.exp(shortest + (longest - shortest) * slant)
        high, wide = round(math.sqrt(area / ratio)), round(math.sqrt(area * ratio))
        if 0 < high <= height and 0 < wide <= width:
            return high, wide
    ratio = min(max(width / height, RATIO[0]), RATIO[1])
    return min(height, round(width / ratio)), min(width, round(height * ratio))
