"""The learning rate over a run."""

from __future__ import annotations

import math

from .recipe import Optimizer


def learning_rate(settings: Optimizer, step: int, steps: int) -> float:
    """The rate of a step counted from 0: it grows evenly over the warm-up; with the cosine schedule it
    falls to 0 along half a period over the whole run.
    """
    rate = settings.learning_rate * min(1.0, (step + 1) / max(1, settings.warm_up_steps))
    if settings.schedule == "cosine":
        rate *= 0.5 + 0.5 * math.cos(math.pi * step / steps)
    return rate
