from __future__ import annotations

import math

import pytest
import torch

from streamscope_training.evaluation.differences import TIE, Differences, RoundingDifferences


def test_values_are_counted_over_several_photos() -> None:
    found = Differences("layer")
    found.add(torch.tensor([1, 2, 3]), torch.tensor([1, 2, 3]))
    found.add(torch.tensor([1, 2, 9]), torch.tensor([2, 2, 3]))
    assert found == Differences("layer", values=6, differing=2, largest=6)


@pytest.mark.parametrize(
    ("one", "other", "unrounded", "rounding"),
    [
        (3, 4, 3.5, True),
        (4, 3, 3.5 - TIE / 2, True),
        (0, 1, 0.5 + TIE / 2, True),
        (3, 4, 3.5 + 2 * TIE, False),
        (3, 4, 3.4, False),
        # A boundary, but not the one between these two.
        (3, 4, 4.5, False),
        # In the middle, and yet not neighbours.
        (3, 6, 4.5, False),
        (3, 5, 4.0, False),
        (0, 1, math.nan, False),
    ],
)
def test_rounding_decides_between_neighbours_at_their_boundary_only(
    one: int, other: int, unrounded: float, rounding: bool
) -> None:
    found = RoundingDifferences("layer")
    found.add_rounded(torch.tensor([one, 7]), torch.tensor([other, 7]), torch.tensor([unrounded, 7.2]))
    assert found.differing == 1
    assert found.by_rounding == int(rounding)
    assert found.faults == int(not rounding)
    assert (found.furthest > 0) == (rounding and unrounded != 3.5)
    assert found.furthest <= TIE


def test_values_that_are_the_same_are_no_difference_wherever_they_lie() -> None:
    found = RoundingDifferences("layer")
    found.add_rounded(torch.tensor([3]), torch.tensor([3]), torch.tensor([3.5]))
    assert (found.values, found.differing, found.faults) == (1, 0, 0)
