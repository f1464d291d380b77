"""Stops a run whose numbers are broken, before they reach a checkpoint."""

from __future__ import annotations

import math
import statistics
from collections import deque
from collections.abc import Iterable, Mapping
from pathlib import Path

import torch

from ..errors import TrainingError


class Guard:
    """Watches losses, gradients and parameters. It knows which checkpoint stands, for its sentences."""

    def __init__(self, *, factor: float = 10.0, patience: int = 20, window: int = 200) -> None:
        """A loss explodes if it is above ``factor`` times the median of its last ``window`` values for
        ``patience`` steps on end.
        """
        self._factor = factor
        self._patience = patience
        self._window = window
        self._values: dict[str, deque[float]] = {}
        self._high_steps: dict[str, int] = {}
        self._standing: tuple[Path, int] | None = None

    def saved(self, path: Path, step: int) -> None:
        """From now on this checkpoint, of this step, is the last good one."""
        self._standing = (path, step)

    def check_losses(self, step: int, losses: Mapping[str, float | torch.Tensor]) -> list[str]:
        """Before the backward pass. Returns a warning, a sentence, for every loss that explodes, once until
        it comes down. Raises TrainingError for a loss that is not finite.
        """
        warnings = []
        for name, loss in losses.items():
            value = float(loss)
            if not math.isfinite(value):
                raise self._stopped(step, f'the loss "{name}" is {value}')
            if self._explodes(name, value):
                warnings.append(
                    f'At step {step} the loss "{name}" is {value:.4g}, and has been above '
                    f"{self._factor:g} times its median for {self._patience} steps."
                )
        return warnings

    def check_gradients(self, step: int, parameters: Iterable[tuple[str, torch.nn.Parameter]]) -> None:
        """Before the optimizer's step; takes ``named_parameters()``. Raises TrainingError for a gradient
        that is not finite.
        """
        gradients = {name: one.grad for name, one in parameters if one.grad is not None}
        self._refuse_broken(step, "gradient", gradients)

    def check_values(self, step: int, tensors: Mapping[str, torch.Tensor]) -> None:
        """Before a checkpoint; takes ``state_dict()``. Raises TrainingError for a value that is not finite,
        so that a broken network never takes the place of a good one.
        """
        self._refuse_broken(step, "value", tensors)

    def _refuse_broken(self, step: int, what: str, tensors: Mapping[str, torch.Tensor]) -> None:
        for name, tensor in tensors.items():
            # A sum is not finite if one of its terms is not, and takes no memory. A finite tensor with an
            # infinite sum is let off by the second look.
            if not math.isfinite(float(tensor.detach().sum())) and not bool(tensor.isfinite().all()):
                raise self._stopped(step, f'a {what} of "{name}" is not finite')

    def _explodes(self, name: str, value: float) -> bool:
        values = self._values.setdefault(name, deque(maxlen=self._window))
        # The median of a few first values says little.
        high = len(values) >= self._patience and value > self._factor * statistics.median(values)
        values.append(value)
        self._high_steps[name] = self._high_steps.get(name, 0) + 1 if high else 0
        return self._high_steps[name] == self._patience

    def _stopped(self, step: int, what: str) -> TrainingError:
        if self._standing is None:
            stands = "there is no checkpoint yet"
        else:
            path, saved_at = self._standing
            stands = f"{path}, of step {saved_at}, is good"
        return TrainingError(
            f"Stopped at step {step}: {what}; {stands}. A lower optimizer.learning_rate may help."
        )
