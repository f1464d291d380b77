"""Scales of least squared error, by search over a grid."""

from __future__ import annotations

import torch
from torch import Tensor

#: Keeps the scale of a channel that is always 0 above 0.
_LEAST = 1e-4


def quantize(values: Tensor, step: Tensor, least: int, most: int) -> Tensor:
    """The nearest multiples of ``step`` from ``least`` to ``most`` times it."""
    # In place: maps are large.
    return (values / step).round_().clamp_(least, most).mul_(step)


def best_weight_steps(weight: Tensor, top: int, importance: Tensor) -> Tensor:
    """One step an output channel, (outputs,), for weights (outputs, ...) and codes from -top to top.

    ``importance`` weighs the squared errors of a channel's weights, (weights of a channel,) or (1,).
    """
    rows = weight.reshape(weight.shape[0], -1)
    largest = rows.abs().amax(1).clamp_min(_LEAST)
    return _search(rows, largest / top, torch.linspace(0.35, 1.1, 76), -top, top, importance)


def best_activation_steps(activations: Tensor, top: int, per_channel: bool) -> Tensor:
    """One step a channel, (C,), or for all, (1,), for activations (values, C) and codes from 0 to top."""
    rows = activations.t() if per_channel else activations.reshape(1, -1)
    largest = rows.amax(1).clamp_min(_LEAST * top)
    return _search(rows, largest / top, torch.linspace(0.25, 1.0, 31), 0, top, torch.ones(1))


def _search(rows: Tensor, full: Tensor, shares: Tensor, least: int, most: int, importance: Tensor) -> Tensor:
    """For every row the share of its full step with the least weighted squared error."""
    best = torch.full_like(full, torch.inf)
    chosen = full.clone()
    for share in shares:
        step = full * share
        error = ((quantize(rows, step[:, None], least, most) - rows).square() * importance).sum(1)
        better = error < best
        best = torch.where(better, error, best)
        chosen = torch.where(better, step, chosen)
    return chosen
