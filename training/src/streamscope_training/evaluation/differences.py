"""How far the integers of two networks lie apart, and whether rounding explains it."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

TIE = 1e-4
"""How near to a boundary between two codes, in steps, rounding may decide which of them a value gets.

The engine's sums are exact; Brevitas adds up codes times scales in float32, and rounds gains and offsets as
well, each time by 6e-8 of terms that are tens of steps at most. A wrong weight, threshold or scale shows at
values anywhere between two boundaries.
"""


@dataclass
class Differences:
    """The values of one layer that differ, as integers, over all photos."""

    name: str
    values: int = 0
    differing: int = 0
    largest: int = 0

    def add(self, one: Tensor, other: Tensor) -> None:
        """Compares integers of the same shape."""
        distance = (one.to(torch.int64) - other).abs()
        self.values += distance.numel()
        self.differing += int((distance > 0).sum())
        self.largest = max(self.largest, int(distance.max()))


@dataclass
class RoundingDifferences(Differences):
    """Differences of a layer that was given the same integers in both networks."""

    #: Of those that differ: neighbouring codes, of a value within TIE of the boundary between them.
    by_rounding: int = 0
    #: How far from their boundaries those are at most, in steps.
    furthest: float = 0.0

    @property
    def faults(self) -> int:
        """Differences that rounding does not explain."""
        return self.differing - self.by_rounding

    def add_rounded(self, one: Tensor, other: Tensor, unrounded: Tensor) -> None:
        """Compares integers, with what one of them was rounded from, in steps. The pool and the logits are
        whole numbers in both networks, and so have no ``unrounded``.
        """
        self.add(one, other)
        differs = one != other
        first, second = one[differs], other[differs]
        # Halves of small integers: exact.
        from_boundary = (unrounded[differs] - (first + second) / 2).abs()
        ties = from_boundary[((first - second).abs() == 1) & (from_boundary <= TIE)]
        self.by_rounding += len(ties)
        self.furthest = max([self.furthest, *ties.tolist()])
