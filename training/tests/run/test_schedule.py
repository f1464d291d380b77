from __future__ import annotations

import pytest

from streamscope_training.run.recipe import Optimizer
from streamscope_training.run.schedule import learning_rate

STEPS = 8


def rates(settings: Optimizer) -> list[float]:
    return [learning_rate(settings, step, STEPS) for step in range(STEPS)]


def test_a_constant_rate_is_one_from_the_first_step() -> None:
    assert rates(Optimizer(learning_rate=0.5, schedule="constant", warm_up_steps=0)) == [0.5] * STEPS


def test_the_warm_up_grows_evenly_to_the_full_rate() -> None:
    settings = Optimizer(learning_rate=0.5, schedule="constant", warm_up_steps=4)
    assert rates(settings) == [0.125, 0.25, 0.375, 0.5, 0.5, 0.5, 0.5, 0.5]


def test_the_cosine_is_half_in_the_middle_and_all_but_0_at_the_end() -> None:
    settings = Optimizer(learning_rate=2.0, schedule="cosine", warm_up_steps=0)
    found = rates(settings)
    assert found[0] == 2.0
    assert found[STEPS // 4] == pytest.approx(1 + 0.5**0.5)
    assert found[STEPS // 2] == pytest.approx(1.0)
    assert found == sorted(found, reverse=True)
    assert learning_rate(settings, STEPS, STEPS) == 0.0


def test_both_at_once_multiply() -> None:
    settings = Optimizer(learning_rate=1.0, schedule="cosine", warm_up_steps=8)
    assert learning_rate(settings, 4, STEPS) == pytest.approx(5 / 8 * 0.5)
