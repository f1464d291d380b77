"""Places of a layer's maps, as samples: for the regression of its weights, and for its activations' scale."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from ..network.architecture import Layer

#: Values of every channel that an activation scale is chosen on.
VALUES = 20_000


@dataclass(frozen=True)
class Places:
    """Evenly spread places of maps that come in parts, counted photo by photo and row by row."""

    every: int

    @staticmethod
    def about(most: int, count: int, width: int) -> Places:
        """About ``most`` of ``count`` places of maps of this width, or all. The distance from one to the
        next has no common divisor with the width, or it would always meet the same columns.
        """
        every = max(1, count // most)
        while math.gcd(every, width) > 1:
            every -= 1
        return Places(every)

    def within(self, maps: Tensor, before: int = 0) -> Tensor:
        """Those in a part (N, C, H, W), counted from its first place; there are ``before`` places in the
        parts before it.
        """
        count = maps.numel() // maps.shape[1]
        first = (self.every // 2 - before) % self.every
        # A small part may have none.
        return torch.arange(first, max(first, count), self.every)


def values(maps: Tensor, taken: Tensor) -> Tensor:
    """All channels at these places: (N, C, H, W) -> (places, C)."""
    return maps.permute(0, 2, 3, 1).flatten(0, 2)[taken]


def windows(layer: Layer, x: Tensor, wanted: Tensor, taken: Tensor) -> tuple[Tensor, Tensor]:
    """Windows of the input and the outputs wanted there, at places of the output.

    Takes (N, inputs, H, W) and (N, outputs, h, w). Gives (groups, places, n) and (groups, places, m), with
    n weights and m outputs a group (see ``reconstruct.Moments``).
    """
    height, width = wanted.shape[2:]
    of_photo, place = taken // (height * width), taken % (height * width)
    row, column = place // width, place % width
    if layer.padding:
        x = functional.pad(x, (layer.padding,) * 4)
    under = [
        x[of_photo, :, row * layer.stride + dy, column * layer.stride + dx]
        for dy in range(layer.kernel)
        for dx in range(layer.kernel)
    ]
    # (places, inputs, window)
    found = torch.stack(under, dim=2)
    outcome = wanted[of_photo, :, row, column]
    if layer.depthwise:
        return found.transpose(0, 1), outcome.t()[:, :, None]
    return found.flatten(1)[None], outcome[None]
