from __future__ import annotations

import numpy as np
import pytest

from streamscope_training.errors import TrainingError
from streamscope_training.evaluation.answers import Answers
from streamscope_training.evaluation.paired import RightOrWrong, compare

RIGHT, SECOND, WRONG = [0, 1, 2, 3, 4], [1, 0, 2, 3, 4], [1, 2, 3, 4, 5]


def answers(*classes: list[int], labelled: bool = True, first: int = 0) -> Answers:
    """Photos "0", "1", ..., whose label is 0."""
    paths = tuple(str(place + first) for place in range(len(classes)))
    return Answers(paths, np.zeros(len(classes), np.int64) if labelled else None, np.array(classes))


def test_photos_that_only_one_of_the_two_has_right_are_counted() -> None:
    found = compare(
        answers(RIGHT, RIGHT, RIGHT, SECOND, WRONG, WRONG), answers(RIGHT, SECOND, WRONG, RIGHT, WRONG, RIGHT)
    )
    assert found.top1 == RightOrWrong(both=1, only_first=2, only_second=2, neither=1)
    assert found.top5 == RightOrWrong(both=3, only_first=1, only_second=1, neither=1)
    assert (found.photos, found.same_top1, found.same_top5) == (6, 2, 2)
    assert found.to_dict()["top1"] == {
        "both": 1, "only_first": 2, "only_second": 2, "neither": 1, "chance": 1.0,
    }  # fmt: skip
    assert found.lines()[1].startswith(
        "  top-1  both right 1, only the first 2, only the second 2, neither 1;"
    )


def test_without_labels_only_what_is_said_is_compared() -> None:
    found = compare(answers(RIGHT, SECOND, labelled=False), answers(RIGHT, RIGHT))
    assert (found.same_top1, found.same_top5, found.top1, found.top5) == (1, 1, None, None)
    assert len(found.lines()) == 1


def test_photos_are_matched_by_their_paths() -> None:
    first = answers(RIGHT, WRONG)
    turned = Answers(("1", "0"), first.labels, np.array([WRONG, RIGHT]))
    assert compare(first, turned).same_top5 == 2


@pytest.mark.parametrize(
    ("one", "other", "chance"),
    # By hand: twice the tail of a fair coin.
    [
        (10, 2, 2 * (1 + 12 + 66) / 2**12),
        (2, 10, 2 * (1 + 12 + 66) / 2**12),
        (5, 0, 1 / 16),
        (3, 3, 1),
        (0, 0, 1),
    ],
)
def test_chance_is_that_of_a_fair_coin(one: int, other: int, chance: float) -> None:
    assert RightOrWrong(7, one, other, 7).chance == pytest.approx(chance)


def test_chance_of_more_photos_than_a_float_has_powers_of_two() -> None:
    assert RightOrWrong(0, 900, 900, 0).chance == 1
    assert 0 < RightOrWrong(0, 850, 950, 0).chance < 0.05


def test_other_photos_or_other_labels_are_refused() -> None:
    with pytest.raises(TrainingError, match=r"not of the same photos: 2 photos \('0', '2'\)"):
        compare(answers(RIGHT, RIGHT), answers(RIGHT, RIGHT, first=1))
    relabelled = Answers(("0",), np.array([1]), np.array([RIGHT]))
    with pytest.raises(TrainingError, match="different labels"):
        compare(answers(RIGHT), relabelled)
