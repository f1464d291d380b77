from __future__ import annotations

from pathlib import Path

import pytest
import torch

from streamscope_training.errors import TrainingError
from streamscope_training.run.guard import Guard

BAD = [float("nan"), float("inf"), float("-inf")]


@pytest.mark.parametrize("bad", BAD)
def test_a_broken_loss_stops_the_run_at_its_step(bad: float) -> None:
    guard = Guard()
    guard.saved(Path("run/last.pt"), 100)
    for step in range(101, 120):
        assert guard.check_losses(step, {"logits": 2.0, "blocks": torch.tensor(0.5)}) == []
    with pytest.raises(TrainingError) as stopped:
        guard.check_losses(120, {"logits": 2.0, "blocks": torch.tensor(bad)})
    assert str(stopped.value) == (
        f'Stopped at step 120: the loss "blocks" is {bad}; run/last.pt, of step 100, is good. '
        "A lower optimizer.learning_rate may help."
    )


def test_before_the_first_checkpoint_it_says_so() -> None:
    with pytest.raises(TrainingError, match="there is no checkpoint yet"):
        Guard().check_losses(1, {"logits": float("nan")})


@pytest.mark.parametrize("bad", BAD)
def test_a_broken_gradient_is_named(bad: float) -> None:
    network = torch.nn.Sequential(torch.nn.Linear(3, 3), torch.nn.Linear(3, 3))
    guard = Guard()
    network(torch.ones(1, 3)).sum().backward()
    guard.check_gradients(1, network.named_parameters())
    gradient = network[1].weight.grad
    assert isinstance(gradient, torch.Tensor)
    gradient[2, 1] = bad
    with pytest.raises(TrainingError, match=r'step 2: a gradient of "1\.weight" is not finite'):
        guard.check_gradients(2, network.named_parameters())


def test_parameters_without_a_gradient_are_no_matter() -> None:
    Guard().check_gradients(1, torch.nn.Linear(3, 3).named_parameters())


@pytest.mark.parametrize("bad", BAD)
def test_a_broken_network_does_not_reach_a_checkpoint(bad: float) -> None:
    state = {"weight": torch.zeros(4), "count": torch.tensor(3), "none": torch.zeros(0)}
    guard = Guard()
    guard.check_values(1, state)
    state["weight"][3] = bad
    with pytest.raises(TrainingError, match='a value of "weight" is not finite'):
        guard.check_values(2, state)


def test_infinities_that_cancel_are_found_and_sums_that_overflow_are_not_broken() -> None:
    with pytest.raises(TrainingError, match="not finite"):
        Guard().check_values(1, {"weight": torch.tensor([float("inf"), float("-inf")])})
    Guard().check_values(1, {"weight": torch.full((4,), 3e38)})


def test_an_exploding_loss_is_a_warning_once() -> None:
    guard = Guard(factor=10, patience=5, window=50)
    warnings: list[tuple[int, str]] = []
    losses = [1.0] * 30 + [11.0] * 12 + [1.0] * 30 + [50.0] * 4 + [1.0] + [20.0] * 5
    for step, loss in enumerate(losses, start=1):
        warnings += [(step, text) for text in guard.check_losses(step, {"logits": loss, "calm": 3.0})]
    # Four high steps, at 73 to 76, are too few.
    assert [step for step, _ in warnings] == [35, 82]
    assert warnings[0][1] == (
        'At step 35 the loss "logits" is 11, and has been above 10 times its median for 5 steps.'
    )


def test_a_loss_that_falls_or_stays_high_from_its_start_is_no_explosion() -> None:
    guard = Guard(factor=10, patience=5, window=50)
    for step in range(1, 200):
        assert guard.check_losses(step, {"logits": 1000.0 / step}) == []
