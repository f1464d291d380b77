"""Whether a run has begun from something sane: figures of teacher and student on a first batch."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import torch

from ..errors import TrainingError

#: A match is above chance if chance alone gives as much in fewer than this share of cases.
SURE = 1e-3

#: So much agreement beyond chance, by Cohen's kappa, is of no broken start, even if photos are few and
#: most of them of one class, so that chance might have done it.
RELATED = 0.25


@dataclass(frozen=True)
class Match:
    """How often two lists of classes say the same."""

    #: Share of photos on which they do.
    share: float
    #: The share that two who do not look at the photos would reach: each names every class as often as
    #: here, but independently of the other.
    chance: float
    #: Whether the share is above chance beyond doubt.
    above_chance: bool
    #: Whether so many photos of such classes could show that at all.
    conclusive: bool

    @property
    def unrelated(self) -> bool:
        """Whether it looks like chance where it could have looked otherwise."""
        return (
            self.conclusive
            and not self.above_chance
            and (self.share - self.chance) < RELATED * (1 - self.chance)
        )


@dataclass(frozen=True)
class LayerActivations:
    """What a layer of the student gives on the batch."""

    #: Share of channels that are 0 for all photos.
    dead: float
    #: Share of values at the largest that the quantizer has.
    clipped: float


@dataclass(frozen=True)
class StartReport:
    """Figures of the first batch, all shares from 0 to 1."""

    photos: int
    #: Student and teacher.
    agreement: Match
    #: Teacher and labels, student and labels; None without labels.
    teacher_top1: Match | None
    student_top1: Match | None
    layers: dict[str, LayerActivations]

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for the log."""
        return asdict(self)

    def lines(self) -> list[str]:
        """For people: the agreement, the accuracies, and the layers with most dead channels and most
        clipped values.
        """
        lines = [
            f"Start, on {self.photos} photos: the student agrees with the teacher on {_of(self.agreement)}."
        ]
        if self.teacher_top1 and self.student_top1:
            teacher, student = self.teacher_top1.share, self.student_top1.share
            lines.append(f"Top-1 by the labels: teacher {teacher:.1%}, student {student:.1%}.")
        if self.layers:
            dead = max(self.layers, key=lambda name: self.layers[name].dead)
            clipped = max(self.layers, key=lambda name: self.layers[name].clipped)
            lines.append(
                f"Most dead channels: {self.layers[dead].dead:.1%} in {dead}; "
                f"most clipped values: {self.layers[clipped].clipped:.1%} in {clipped}."
            )
        return lines


def check_start(
    teacher: torch.Tensor,
    student: torch.Tensor,
    labels: torch.Tensor | None,
    activations: Mapping[str, torch.Tensor],
    ceilings: Mapping[str, torch.Tensor | float],
) -> StartReport:
    """Figures of one batch of N photos, K classes.

    ``teacher`` and ``student`` are logits (N, K); ``labels`` classes (N,), negative where a photo has none.
    ``activations`` are the student's by layer, (N, C, ...) with 0 as the least; ``ceilings``, for the same
    layers, the largest value of the quantizer: a number, or one for each channel (C,).

    Raises TrainingError if the start is clearly broken: a number that is not finite, a layer or a network
    that gives one answer for everything, a student that agrees with the teacher no more often than by
    chance, or a teacher whose top-1 is at chance.
    """
    _refuse_infinite("The teacher", teacher)
    for name, values in activations.items():
        _refuse_infinite(f'The student\'s layer "{name}"', values)
        if not bool(values.any()):
            raise _broken(f'The student\'s layer "{name}" is 0 for all photos')
    _refuse_infinite("The student", student)
    for who, logits in (("teacher", teacher), ("student", student)):
        if len(logits) > 1 and bool((logits == logits[0]).all()):
            raise _broken(f"The {who} gives the same answer for every photo")

    said, answered = teacher.argmax(1), student.argmax(1)
    agreement = _match(said, answered)
    teacher_top1 = student_top1 = None
    if labels is not None and bool((labels >= 0).any()):
        has = labels >= 0
        teacher_top1 = _match(labels[has], said[has])
        student_top1 = _match(labels[has], answered[has])
        if teacher_top1.unrelated:
            raise _broken(
                f"The teacher is right on {_of(teacher_top1)}; its classes are not those of the labels"
            )
    if agreement.unrelated:
        raise _broken(f"The student agrees with the teacher on {_of(agreement)}, no more than by chance")

    layers = {name: _layer(values, ceilings[name]) for name, values in activations.items()}
    return StartReport(len(teacher), agreement, teacher_top1, student_top1, layers)


def _match(reference: torch.Tensor, other: torch.Tensor) -> Match:
    photos = len(reference)
    same = int((reference == other).sum())
    chance = _by_chance(reference, other)
    return Match(
        share=same / photos,
        chance=chance,
        above_chance=_tail(photos, same, chance) < SURE,
        conclusive=_tail(photos, photos, _by_chance(reference, reference)) < SURE,
    )


def _by_chance(one: torch.Tensor, other: torch.Tensor) -> float:
    """Expected agreement of independent answers with the same frequencies, as in Cohen's kappa."""
    classes = int(max(one.max(), other.max())) + 1
    counts = torch.bincount(one, minlength=classes) * torch.bincount(other, minlength=classes)
    return float(counts.sum()) / len(one) ** 2


def _tail(trials: int, successes: int, chance: float) -> float:
    """Probability of that many successes or more: the binomial distribution."""
    if chance <= 0 or chance >= 1:
        return float(successes == 0 or chance >= 1)
    # By logarithms: the binomial coefficients of a thousand photos are beyond a float.
    all_orders = math.lgamma(trials + 1)
    return math.fsum(
        math.exp(
            all_orders
            - math.lgamma(count + 1)
            - math.lgamma(trials - count + 1)
            + count * math.log(chance)
            + (trials - count) * math.log1p(-chance)
        )
        for count in range(successes, trials + 1)
    )


def _layer(values: torch.Tensor, ceiling: torch.Tensor | float) -> LayerActivations:
    by_channel = values.detach().flatten(2) if values.dim() > 2 else values.detach().unsqueeze(2)
    top = torch.as_tensor(ceiling).reshape(1, -1, 1)
    return LayerActivations(
        dead=float((by_channel == 0).all(2).all(0).float().mean()),
        # Half a part in a thousand for the rounding of scale times level.
        clipped=float((by_channel >= top * 0.9995).float().mean()),
    )


def _refuse_infinite(what: str, values: torch.Tensor) -> None:
    if not bool(values.isfinite().all()):
        raise _broken(f"{what} gives numbers that are not finite")


def _of(match: Match) -> str:
    return f"{match.share:.1%} of the photos ({match.chance:.1%} by chance)"


def _broken(what: str) -> TrainingError:
    return TrainingError(
        f"The start is broken: {what[0].lower()}{what[1:]}; check the start file and [prepare]."
    )
