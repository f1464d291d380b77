"""CutMix (Yun et al. 2019) for distillation: a photo with a rectangle of another in it is a new photo.

With a teacher there is nothing to mix in the labels: it says what it sees. So a few thousand photos do not
run out.
"""

from __future__ import annotations

import torch
from torch import Tensor

from .draws import check_seed, mixes_of_step


def cutmix(images: Tensor, seed: int, step: int, share: float) -> tuple[Tensor, Tensor]:
    """Puts into about ``share`` of the images (N, C, H, W) a rectangle of the next image of the batch, in
    its place. The rectangle's area is drawn evenly from 0 to 1 of the image, its shape is the image's.

    Returns the images and which were changed, (N,) bool. A pure function of what it is given.
    """
    check_seed(seed)
    count, _, height, width = images.shape
    draws = mixes_of_step(seed, step, count, 4)
    mixed = images.clone()
    for i, (chosen, area, down, across) in enumerate(draws):
        if chosen >= share:
            continue
        rows, columns = round(height * area**0.5), round(width * area**0.5)
        top, left = round(down * (height - rows)), round(across * (width - columns))
        place = (slice(None), slice(top, top + rows), slice(left, left + columns))
        mixed[i][place] = images[(i + 1) % count][place]
    return mixed, torch.from_numpy(draws[:, 0] < share)
