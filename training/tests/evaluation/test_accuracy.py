from __future__ import annotations

import numpy as np
import pytest

from streamscope_training.evaluation.accuracy import Accuracy, wilson
from streamscope_training.evaluation.answers import Answers

ANSWERS = Answers(
    ("a", "b", "c", "d"),
    np.array([3, 3, 3, 3]),
    np.array([[3, 1, 2, 4, 5], [1, 3, 2, 4, 5], [1, 2, 4, 5, 3], [1, 2, 4, 5, 6]]),
)


@pytest.mark.parametrize(
    ("right", "photos", "low", "high"),
    # R. G. Newcombe, "Two-sided confidence intervals for the single proportion: comparison of seven methods",
    # Statistics in Medicine 17 (1998), 857-872, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval_as_published(right: int, photos: int, low: float, high: float) -> None:
    assert wilson(right, photos) == pytest.approx((low, high), abs=5e-5)
    # Right and wrong are two names.
    assert wilson(photos - right, photos) == pytest.approx((1 - high, 1 - low), abs=5e-5)


def test_the_interval_never_leaves_the_range() -> None:
    for photos in (1, 3, 7, 50_000):
        assert wilson(0, photos)[0] == 0
        assert wilson(photos, photos)[1] == 1


def test_the_best_class_and_the_best_five_are_counted() -> None:
    accuracy = Accuracy.of(ANSWERS)
    assert accuracy == Accuracy(photos=4, top1=1, top5=3)
    assert (accuracy.top1_share, accuracy.top5_share) == (0.25, 0.75)
    found = accuracy.to_dict()
    assert (found["top1"], found["top5_share"], found["confidence"]) == (1, 0.75, 0.95)
    assert tuple(found["top1_interval"]) == wilson(1, 4)
    assert accuracy.lines() == [
        "On 4 photos, with intervals of 95% confidence:",
        "  top-1   25.0%  (4.6% to 69.9%; 1 right)",
        "  top-5   75.0%  (30.1% to 95.4%; 3 right)",
    ]
