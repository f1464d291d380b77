from __future__ import annotations

import json
import math

import pytest
import torch

from streamscope_training.errors import TrainingError
from streamscope_training.run.early_check import check_start

PHOTOS, CLASSES = 64, 100


def logits_of(classes: torch.Tensor) -> torch.Tensor:
    """Logits that name these classes."""
    return torch.nn.functional.one_hot(classes, CLASSES).float() * 8


@pytest.fixture
def labels() -> torch.Tensor:
    return torch.arange(PHOTOS)


@pytest.fixture
def activations() -> dict[str, torch.Tensor]:
    """Two layers of 4 channels, all alive, none clipped at 15."""
    return {name: torch.ones(PHOTOS, 4, 3, 3) for name in ("first", "second")}


CEILINGS = {"first": 15.0, "second": 15.0}


def test_figures_of_a_sane_start(labels: torch.Tensor, activations: dict[str, torch.Tensor]) -> None:
    teacher = torch.where(labels < 48, labels, labels + 1)
    student = torch.where(labels < 32, teacher, 99)
    activations["first"][:, 1] = 0
    activations["first"][0, 2] = 0
    activations["second"][:32, 3] = 15
    report = check_start(logits_of(teacher), logits_of(student), labels, activations, CEILINGS)
    assert report.photos == PHOTOS
    assert report.agreement.share == 0.5
    assert report.agreement.chance == 32 / PHOTOS**2
    assert report.agreement.above_chance
    assert report.teacher_top1 is not None
    assert report.student_top1 is not None
    assert (report.teacher_top1.share, report.student_top1.share) == (0.75, 0.5)
    # One channel of four is dead; one that is 0 for one photo is not.
    assert (report.layers["first"].dead, report.layers["first"].clipped) == (0.25, 0.0)
    assert (report.layers["second"].dead, report.layers["second"].clipped) == (0.0, 0.125)
    assert report.lines() == [
        "Start, on 64 photos: the student agrees with the teacher on 50.0% of the photos (0.8% by chance).",
        "Top-1 by the labels: teacher 75.0%, student 50.0%.",
        "Most dead channels: 25.0% in first; most clipped values: 12.5% in second.",
    ]
    assert json.loads(json.dumps(report.to_dict()))["layers"]["second"]["clipped"] == 0.125


def test_ceilings_by_channel_and_layers_without_pixels(labels: torch.Tensor) -> None:
    values = torch.tensor([[1.0, 2.0], [1.0, 1.0]])
    logits = logits_of(labels[:2])
    report = check_start(logits, logits, None, {"pooled": values}, {"pooled": torch.tensor([1.0, 2.0])})
    assert report.layers["pooled"].clipped == 0.75
    assert report.teacher_top1 is None
    assert report.student_top1 is None


def test_photos_without_a_label_are_left_out(labels: torch.Tensor) -> None:
    teacher = logits_of(labels)
    some = torch.where(labels < 16, labels, -1)
    report = check_start(teacher, teacher, some, {}, {})
    assert report.teacher_top1 is not None
    assert report.teacher_top1.share == 1.0
    assert check_start(teacher, teacher, torch.full_like(labels, -1), {}, {}).teacher_top1 is None


@pytest.mark.parametrize("bad", [math.nan, math.inf])
@pytest.mark.parametrize("where", ["teacher", "student", "layer"])
def test_numbers_that_are_not_finite(
    labels: torch.Tensor, activations: dict[str, torch.Tensor], where: str, bad: float
) -> None:
    teacher, student = logits_of(labels), logits_of(labels)
    broken = {"teacher": teacher[3], "student": student[3], "layer": activations["second"][3, 1, 0]}[where]
    broken[1] = bad
    named = {"teacher": "the teacher", "student": "the student", "layer": 'the student\'s layer "second"'}[
        where
    ]
    with pytest.raises(
        TrainingError, match=f"The start is broken: {named} gives numbers that are not finite"
    ):
        check_start(teacher, student, None, activations, CEILINGS)


def test_a_layer_that_is_zero(labels: torch.Tensor, activations: dict[str, torch.Tensor]) -> None:
    activations["second"].zero_()
    with pytest.raises(TrainingError, match='layer "second" is 0 for all photos'):
        check_start(logits_of(labels), logits_of(labels), None, activations, CEILINGS)


@pytest.mark.parametrize("who", ["teacher", "student"])
def test_the_same_answer_for_everything(labels: torch.Tensor, who: str) -> None:
    sane, same = logits_of(labels), torch.zeros(PHOTOS, CLASSES)
    teacher, student = (same, sane) if who == "teacher" else (sane, same)
    with pytest.raises(TrainingError, match=f"the {who} gives the same answer for every photo"):
        check_start(teacher, student, None, {}, {})


def test_agreement_at_chance(labels: torch.Tensor) -> None:
    shuffled = logits_of(labels.roll(1))
    with pytest.raises(TrainingError, match=r"agrees with the teacher on 0\.0% .*, no more than by chance"):
        check_start(logits_of(labels), shuffled, None, {}, {})


def test_a_student_that_names_one_class_for_all_is_at_chance_even_if_it_is_a_frequent_one(
    labels: torch.Tensor,
) -> None:
    teacher = torch.where(labels < 24, 0, labels)
    # Not the same answer to the last digit, but the same class.
    student = logits_of(torch.zeros_like(labels)) + torch.linspace(0, 1, PHOTOS)[:, None]
    with pytest.raises(TrainingError, match=r"on 37\.5% of the photos \(37\.5% by chance\)"):
        check_start(logits_of(teacher), student, None, {}, {})


def test_a_teacher_of_other_classes_than_the_labels(labels: torch.Tensor) -> None:
    teacher = logits_of(labels)
    with pytest.raises(TrainingError, match="its classes are not those of the labels"):
        check_start(teacher, teacher, labels.roll(1), {}, {})


def test_few_photos_or_few_classes_prove_nothing(labels: torch.Tensor) -> None:
    two = logits_of(labels[:2])
    report = check_start(two, two.flip(0), None, {}, {})
    assert report.agreement.share == 0.0
    assert not report.agreement.conclusive
    one_class = torch.zeros(PHOTOS, dtype=torch.int64)
    half_right = torch.where(labels < 32, 0, labels)
    report = check_start(logits_of(half_right), logits_of(half_right), one_class, {}, {})
    assert report.teacher_top1 is not None
    assert report.teacher_top1.share == 0.5
    assert not report.teacher_top1.conclusive


def test_photos_mostly_of_one_class_do_not_make_a_sane_start_look_broken() -> None:
    teacher = torch.tensor([0] * 25 + [1, 2, 3, 4, 5, 6, 7])
    student = torch.tensor([0] * 25 + [1, 2, 3, 0, 0, 0, 0])
    report = check_start(logits_of(teacher), logits_of(student), None, {}, {})
    assert report.agreement.share == 28 / 32
    assert report.agreement.chance == (25 * 29 + 3) / 32**2
    assert not report.agreement.above_chance
    # The same answers to other photos.
    with pytest.raises(
        TrainingError, match=r"68\.8% of the photos \(71\.1% by chance\), no more than by chance"
    ):
        check_start(logits_of(teacher), logits_of(student.flip(0)), None, {}, {})


def test_thousands_of_photos() -> None:
    classes = torch.arange(5000) % CLASSES
    student = torch.where(torch.arange(5000) < 250, classes, (classes + 1) % CLASSES)
    report = check_start(logits_of(classes), logits_of(student), None, {}, {})
    # 5 % where chance gives 1 %.
    assert report.agreement.share == 0.05
    assert report.agreement.above_chance
