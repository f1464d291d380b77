from __future__ import annotations

import numpy as np
import pytest

from streamscope_training.data.draws import changes_of_step, check_seed, order_of_epoch
from streamscope_training.errors import TrainingError


@pytest.mark.parametrize("count", [1, 2, 7, 1000])
def test_an_epoch_takes_every_photo_once(count: int) -> None:
    assert sorted(order_of_epoch(3, 5, count).tolist()) == list(range(count))


def test_seeds_epochs_and_purposes_differ() -> None:
    orders = {tuple(order_of_epoch(seed, epoch, 50).tolist()) for seed in range(3) for epoch in range(3)}
    assert len(orders) == 9
    as_changes = np.argsort(changes_of_step(0, 0, 50, 1)[:, 0], kind="stable")
    assert as_changes.tolist() != order_of_epoch(0, 0, 50).tolist()


def test_the_numbers_stay_what_they_were() -> None:
    """Runs can be resumed after an update of NumPy only while these hold."""
    assert order_of_epoch(1, 0, 8).tolist() == [2, 4, 7, 5, 0, 6, 3, 1]
    assert (changes_of_step(1, 0, 1, 3) * 2**20).astype(int).tolist() == [[347993, 641619, 532291]]


def test_a_seed_below_zero_is_refused() -> None:
    with pytest.raises(TrainingError, match="The seed is -1"):
        check_seed(-1)
