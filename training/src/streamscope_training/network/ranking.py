"""The five best classes, in the order of the hardware."""

from __future__ import annotations

import torch
from torch import Tensor

#: How many classes the network answers with.
BEST = 5


def best_five(values: Tensor) -> Tensor:
    """Values by class (N, classes) -> classes int64 (N, 5), best first; of equals the lower class first, as
    the accelerator's LabelSelect has it.
    """
    return torch.sort(values, dim=1, descending=True, stable=True).indices[:, :BEST]
