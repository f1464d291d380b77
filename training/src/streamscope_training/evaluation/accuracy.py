"""How often a network is right."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

from ..data.sentences import counted
from .answers import Answers

CONFIDENCE = 0.95


def wilson(right: int, photos: int) -> tuple[float, float]:
    """The interval, as shares, in which the share of right answers lies with 95 % confidence.

    Wilson's score interval: E. B. Wilson, "Probable inference, the law of succession, and statistical
    inference", Journal of the American Statistical Association 22 (1927), 209-212. With z the normal
    quantile, p = right / photos and n = photos, it is
    (p + z^2 / 2n -+ z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n).
    """
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    share, weight = right / photos, z * z / photos
    middle = (share + weight / 2) / (1 + weight)
    half = math.sqrt(weight * share * (1 - share) + weight * weight / 4) / (1 + weight)
    # There the formula gives 0 and 1, but for rounding.
    return 0.0 if right == 0 else middle - half, 1.0 if right == photos else middle + half


@dataclass(frozen=True)
class Accuracy:
    """Of so many photos the best class was right, or one of the best five."""

    photos: int
    top1: int
    top5: int

    @classmethod
    def of(cls, answers: Answers) -> Accuracy:
        """Counts labelled answers."""
        return cls(len(answers), int(answers.right(1).sum()), int(answers.right(5).sum()))

    @property
    def top1_share(self) -> float:
        return self.top1 / self.photos

    @property
    def top5_share(self) -> float:
        return self.top5 / self.photos

    def to_dict(self) -> dict[str, Any]:
        """Plain values: counts, shares from 0 to 1, intervals."""
        return {
            "photos": self.photos,
            "top1": self.top1,
            "top1_share": self.top1_share,
            "top1_interval": list(wilson(self.top1, self.photos)),
            "top5": self.top5,
            "top5_share": self.top5_share,
            "top5_interval": list(wilson(self.top5, self.photos)),
            "confidence": CONFIDENCE,
        }

    def lines(self) -> list[str]:
        """For people."""
        return [
            f"On {counted(self.photos, 'photo')}, with intervals of {CONFIDENCE:.0%} confidence:",
            *(
                f"  {name}  {share:6.1%}  ({low:.1%} to {high:.1%}; {right} right)"
                for name, right, share, (low, high) in (
                    ("top-1", self.top1, self.top1_share, wilson(self.top1, self.photos)),
                    ("top-5", self.top5, self.top5_share, wilson(self.top5, self.photos)),
                )
            ),
        ]
