"""Two networks on the same photos: which of them is right where the other is not."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..data.sentences import counted, some
from ..errors import TrainingError
from .answers import Answers


@dataclass(frozen=True)
class RightOrWrong:
    """How many photos both networks have right, only one of them, or neither."""

    both: int
    only_first: int
    only_second: int
    neither: int

    @property
    def chance(self) -> float:
        """How likely networks that are right equally often differ at least so much: McNemar's test in its
        exact form, the two-sided binomial test over the photos that only one of the two has right.

        Q. McNemar, "Note on the sampling error of the difference between correlated proportions or
        percentages", Psychometrika 12 (1947), 153-157.
        """
        differing = self.only_first + self.only_second
        fewer = min(self.only_first, self.only_second)
        ways = sum(math.comb(differing, count) for count in range(fewer + 1))
        return min(1.0, 2 * ways / (1 << differing))


@dataclass(frozen=True)
class Comparison:
    """Two networks' answers to the same photos; what needs labels is None without."""

    photos: int
    #: On so many photos both say the same best class, and the same five in the same order.
    same_top1: int
    same_top5: int
    top1: RightOrWrong | None
    top5: RightOrWrong | None

    def to_dict(self) -> dict[str, Any]:
        """Plain values."""
        found = asdict(self)
        for name, counts in (("top1", self.top1), ("top5", self.top5)):
            if counts:
                found[name]["chance"] = counts.chance
        return found

    def lines(self) -> list[str]:
        """For people."""
        lines = [
            f"Photo by photo, on {counted(self.photos, 'photo')}: the same best class on {self.same_top1},"
            f" the same five in the same order on {self.same_top5}."
        ]
        for name, counts in (("top-1", self.top1), ("top-5", self.top5)):
            if counts:
                lines.append(
                    f"  {name}  both right {counts.both}, only the first {counts.only_first}, only the second"
                    f" {counts.only_second}, neither {counts.neither}; by chance with p = {counts.chance:.2g}"
                )
        return lines


def compare(first: Answers, second: Answers) -> Comparison:
    """Compares answers photo by photo, by the photos' paths.

    Raises TrainingError if the photos or their labels are not the same. Labels are taken from the first.
    """
    places = {path: place for place, path in enumerate(second.paths)}
    lacking = sorted(set(first.paths) ^ set(second.paths))
    if lacking:
        raise TrainingError(
            f"The answers are not of the same photos: {counted(len(lacking), 'photo')} ({some(lacking)}) are"
            " in one and not in the other; give both the same photos."
        )
    order = [places[path] for path in first.paths]
    second = Answers(
        first.paths, None if second.labels is None else second.labels[order], second.classes[order]
    )
    both_labelled = first.labels is not None and second.labels is not None
    if both_labelled and not np.array_equal(first.labels, second.labels):  # type: ignore[arg-type]
        raise TrainingError("The answers give photos different labels: measure both by the same list.")
    same = first.classes == second.classes
    return Comparison(
        len(first),
        int(same[:, 0].sum()),
        int(same.all(axis=1).sum()),
        _count(first.right(1), second.right(1)) if both_labelled else None,
        _count(first.right(5), second.right(5)) if both_labelled else None,
    )


def _count(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> RightOrWrong:
    return RightOrWrong(
        int((first & second).sum()),
        int((first & ~second).sum()),
        int((~first & second).sum()),
        int((~first & ~second).sum()),
    )
