"""Places of a layer, as samples for regression."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from ..network.architecture import Layer

#: Places taken of all maps of a layer.
PLACES = 40_000


def samples(layer: Layer, x: Tensor, wanted: Tensor) -> tuple[Tensor, Tensor]:
    """Windows of the input and the outputs wanted there, at evenly spread places of all photos.

    Takes (N, inputs, H, W) and (N, outputs, h, w). Gives (groups, places, n) and (groups, places, m), with
    n weights and m outputs a group (see ``reconstruct.Moments``).
    """
    photos, _, height, width = wanted.shape
    every = max(1, photos * height * width // PLACES)
    places = torch.arange(every // 2, photos * height * width, every)
    of_photo, place = places // (height * width), places % (height * width)
    row, column = place // width, place % width
    if layer.padding:
        x = functional.pad(x, (layer.padding,) * 4)
    taken = [
        x[of_photo, :, row * layer.stride + dy, column * layer.stride + dx]
        for dy in range(layer.kernel)
        for dx in range(layer.kernel)
    ]
    # (places, inputs, window)
    windows = torch.stack(taken, dim=2)
    outcome = wanted[of_photo, :, row, column]
    if layer.depthwise:
        return windows.transpose(0, 1), outcome.t()[:, :, None]
    return windows.flatten(1)[None], outcome[None]
