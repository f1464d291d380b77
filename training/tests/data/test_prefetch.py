from __future__ import annotations

import threading
from itertools import count, islice

import pytest

from streamscope_training.data.prefetch import Prefetch


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("ahead", [1, 4, 50])
def test_results_come_in_order(threads: int, ahead: int) -> None:
    with Prefetch(lambda step: step * step, range(20), ahead=ahead, threads=threads) as made:
        assert list(made) == [step * step for step in range(20)]
        assert list(made) == []


def test_no_more_is_made_than_asked_for() -> None:
    begun: list[int] = []

    def make(step: int) -> int:
        begun.append(step)
        return step

    with Prefetch(make, count(), ahead=3) as made:
        assert list(islice(made, 5)) == [0, 1, 2, 3, 4]
    assert begun == list(range(len(begun)))
    assert len(begun) <= 5 + 3


def test_the_next_is_made_while_the_present_is_worked_on() -> None:
    second = threading.Event()

    def make(step: int) -> int:
        if step == 1:
            second.set()
        return step

    with Prefetch(make, range(3), ahead=2) as made:
        assert next(made) == 0
        assert second.wait(timeout=60)


def test_an_error_comes_in_its_place_and_ends_it() -> None:
    def make(step: int) -> int:
        if step == 2:
            raise ValueError("step 2")
        return step

    made = Prefetch(make, range(9), ahead=5, threads=2)
    assert [next(made), next(made)] == [0, 1]
    with pytest.raises(ValueError, match="step 2"):
        next(made)
    assert list(made) == []


def test_closing_waits_for_what_has_begun_and_leaves_no_thread() -> None:
    before = threading.active_count()
    begun, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def make(step: int) -> int:
        if step == 1:
            begun.set()
            go_on.wait(timeout=60)
            ended.set()
        return step

    made = Prefetch(make, range(100), ahead=8)
    assert next(made) == 0
    assert begun.wait(timeout=60)
    go_on.set()
    made.close()
    assert ended.is_set()
    assert threading.active_count() == before
    made.close()
    assert list(made) == []
