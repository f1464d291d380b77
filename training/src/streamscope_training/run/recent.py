"""What a run has seen since the last line of its log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Recent:
    """Losses, photos and seconds of the steps that no line of the log tells of yet."""

    def __init__(self) -> None:
        self._steps: list[tuple[dict[str, float], int, float]] = []

    def add(self, losses: Mapping[str, float], photos: int, seconds: float) -> None:
        """After a step: its losses by name, how many photos it saw, and how long it took."""
        self._steps.append((dict(losses), photos, seconds))

    def take(self) -> dict[str, Any]:
        """For a line of the log: ``losses``, means over the steps that have them, ``seconds`` a step, and
        ``images_per_second``. Then begins anew.
        """
        steps, self._steps = self._steps, []
        values: dict[str, list[float]] = {}
        for losses, _, _ in steps:
            for name, loss in losses.items():
                values.setdefault(name, []).append(loss)
        photos = sum(count for _, count, _ in steps)
        seconds = sum(taken for _, _, taken in steps)
        return {
            "seconds": seconds / len(steps),
            "images_per_second": photos / seconds,
            "losses": {name: sum(found) / len(found) for name, found in values.items()},
        }

    def state(self) -> list[tuple[dict[str, float], int, float]]:
        """Plain values, for a checkpoint: the line of a run that resumes is the same as without a stop."""
        return list(self._steps)

    def restore(self, state: list[tuple[dict[str, float], int, float]]) -> None:
        """Takes over what ``state`` gave."""
        self._steps = list(state)
