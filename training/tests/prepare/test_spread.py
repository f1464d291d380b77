from __future__ import annotations

import pytest
import torch

from streamscope_training.prepare.spread import Spread


@pytest.mark.parametrize("sizes", [(6,), (1, 5), (2, 2, 2), (1, 1, 1, 1, 1, 1)])
@pytest.mark.parametrize("offset", [0.0, 1000.0])
def test_parts_make_the_whole(sizes: tuple[int, ...], offset: float) -> None:
    maps = torch.randn(6, 3, 4, 5, generator=torch.Generator().manual_seed(1))
    maps = maps * torch.tensor([1.0, 0.1, 0.0]).reshape(3, 1, 1) + offset
    spread = Spread()
    for part in maps.split(sizes):
        spread.add(part)
    across = (0, 2, 3)
    exact = maps.double()
    torch.testing.assert_close(spread.mean(), exact.mean(across).float())
    # A part's mean is rounded to float32.
    rounding = 1e-3 if offset else 1e-6
    torch.testing.assert_close(spread.std(), exact.std(across).float(), rtol=rounding, atol=rounding)
    torch.testing.assert_close(spread.mean_square(), exact.square().mean(across).float())
