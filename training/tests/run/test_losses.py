from __future__ import annotations

import math

import pytest
import torch

from streamscope_training.network.float_twin import FloatTwin
from streamscope_training.network.outputs import Output, TwinOutput
from streamscope_training.network.start import Start, UnitStart
from streamscope_training.run.losses import BLOCK_ENDS, channel_weights, losses, targets, total
from streamscope_training.run.recipe import Distil

#: Probabilities 3/4 and 1/4.
THREE_TO_ONE = [math.log(3.0), 0.0]
EVEN = [0.0, 0.0]


def student_of(logits: list[list[float]], pooled: list[list[float]] | None = None) -> Output:
    return Output(torch.tensor(logits), torch.tensor(pooled or [[0.0]]), {})


def teacher_of(logits: list[list[float]], pooled: list[list[float]] | None = None) -> TwinOutput:
    return TwinOutput(torch.tensor(logits), torch.tensor(pooled or [[1.0]]), {})


def twin_of(rows: list[list[float]]) -> FloatTwin:
    """One whose layers all have the weights of these channels."""
    weight = torch.tensor(rows)[:, :, None, None]
    unit = UnitStart(weight, torch.ones(len(rows)), torch.zeros(len(rows)), None, None)
    return FloatTwin(Start((unit,) * 5, torch.zeros(1, 1), torch.zeros(1), None))


def only(**weights: float) -> Distil:
    return Distil(
        **({"logits": 0.0, "logits_mse": 0.0, "pooled": 0.0, "blocks": 0.0, "labels": 0.0} | weights)
    )


def test_the_divergence_is_of_the_student_from_the_teacher_a_photo() -> None:
    found = losses(only(logits=1), student_of([EVEN, EVEN]), teacher_of([THREE_TO_ONE, EVEN]), None)
    one = 0.75 * math.log(0.75 / 0.5) + 0.25 * math.log(0.25 / 0.5)
    assert list(found) == ["logits"]
    assert float(found["logits"]) == pytest.approx(one / 2)


def test_the_temperature_divides_logits_and_its_square_makes_up() -> None:
    hot = [2 * value for value in THREE_TO_ONE]
    found = losses(only(logits=1, temperature=2), student_of([EVEN]), teacher_of([hot]), None)
    one = 0.75 * math.log(0.75 / 0.5) + 0.25 * math.log(0.25 / 0.5)
    assert float(found["logits"]) == pytest.approx(4 * one)


def test_logits_are_compared_by_the_teachers_power_but_for_what_all_classes_share() -> None:
    student, teacher = student_of([[8.0, 8.0, 5.0]]), teacher_of([[4.0, -1.0, -3.0]])
    found = losses(only(logits_mse=1), student, teacher, None)
    # Around their means: 1, 1, -2 and 4, -1, -3.
    assert float(found["logits_mse"]) == pytest.approx((9 + 4 + 1) / (16 + 1 + 9))


def test_pooled_features_are_compared_by_the_teachers_power() -> None:
    student, teacher = student_of([EVEN], [[1.0, 2.0]]), teacher_of([EVEN], [[2.0, 4.0]])
    found = losses(only(pooled=1), student, teacher, None)
    assert float(found["pooled"]) == pytest.approx((1 + 4) / (4 + 16))


def test_blocks_are_a_mean() -> None:
    student = Output(torch.zeros(1, 2), torch.zeros(1, 1), {0: torch.tensor(1.0), 2: torch.tensor(4.0)})
    assert float(losses(only(blocks=1), student, teacher_of([EVEN]), None)["blocks"]) == 2.5


def test_labels_of_minus_1_are_ignored() -> None:
    student = student_of([THREE_TO_ONE, EVEN, EVEN])
    found = losses(only(labels=1), student, teacher_of([EVEN] * 3), torch.tensor([1, 0, -1]))
    assert float(found["labels"]) == pytest.approx((math.log(4) + math.log(2)) / 2)


def test_without_any_label_there_is_no_such_loss() -> None:
    student, teacher, none = student_of([EVEN]), teacher_of([EVEN]), torch.tensor([-1])
    assert list(losses(only(labels=1, logits=1), student, teacher, none)) == ["logits"]
    assert list(losses(only(labels=1, logits=1), student, teacher, None)) == ["logits"]
    student.logits.requires_grad_()
    alone = total(only(labels=1), losses(only(labels=1), student, teacher, none))
    assert float(alone.detach()) == 0
    alone.backward()
    assert student.logits.grad is not None
    assert torch.equal(student.logits.grad, torch.zeros(1, 2))


def test_a_weight_of_0_leaves_a_loss_out_and_the_sum_is_weighted() -> None:
    settings = only(logits=0.5, pooled=3)
    assert float(total(settings, {"logits": torch.tensor(2.0), "pooled": torch.tensor(1.0)})) == 4.0
    student, teacher = student_of([EVEN]), teacher_of([EVEN])
    assert list(losses(settings, student, teacher, torch.tensor([0]))) == ["logits", "pooled"]


def test_a_layers_target_makes_its_loss_the_error_relative_to_the_power() -> None:
    features = torch.tensor([[[[1.0, 3.0]], [[0.0, 2.0]]]])
    weights = channel_weights({4: features}, twin_of([[1.0, 2.0], [2.0, 1.0]]))
    torch.testing.assert_close(weights[4], torch.tensor([1 / 3.5, 1 / 3.5]))
    target = targets({4: features}, {4: torch.tensor([1 / 7, 1 / 7])})[4]
    assert target.features is features
    error = torch.tensor([[[[1.0, 1.0]], [[2.0, 0.0]]]]).square()
    loss = float((error * target.weight.reshape(1, -1, 1, 1)).sum())
    assert loss == pytest.approx(1.5 / 7)


def test_copies_are_not_compared_but_by_their_original() -> None:
    features = torch.tensor([[[[2.0]], [[2.0]], [[1.0]]]])
    weights = channel_weights({4: features}, twin_of([[1.0], [1.0], [3.0]]))
    torch.testing.assert_close(weights[4], torch.tensor([1 / 3, 0, 1 / 3]))


def test_blocks_end_in_the_first_and_the_pointwise_convolutions() -> None:
    assert list(BLOCK_ENDS) == list(range(0, 27, 2))
