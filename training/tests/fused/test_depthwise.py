from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from streamscope_training.fused.depthwise import depthwise


@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("size", [(7, 7), (8, 8), (7, 10), (1, 2), (111, 3)], ids=str)
@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last], ids=["NCHW", "NHWC"])
def test_it_and_its_gradients_are_pytorchs(
    size: tuple[int, int], stride: int, layout: torch.memory_format
) -> None:
    random = torch.Generator().manual_seed(0)
    x = torch.randn(2, 6, *size, generator=random, dtype=torch.float64).contiguous(memory_format=layout)
    weight = torch.randn(6, 1, 3, 3, generator=random, dtype=torch.float64)

    def gradients(ours: bool) -> list[torch.Tensor]:
        leaves = [x.clone().requires_grad_(), weight.clone().requires_grad_()]
        if ours:
            y = depthwise(*leaves, stride)
        else:
            y = functional.conv2d(*leaves, stride=stride, padding=1, groups=6)
        upstream = torch.randn(y.shape, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
        return [y.detach(), *torch.autograd.grad(y, leaves, upstream)]

    for found, expected in zip(gradients(ours=True), gradients(ours=False), strict=True):
        torch.testing.assert_close(found, expected)


def test_codes_are_summed_exactly() -> None:
    random = torch.Generator().manual_seed(0)
    codes = torch.randint(16, (1, 8, 9, 9), generator=random)
    weight = torch.randint(-7, 8, (8, 1, 3, 3), generator=random)
    found = depthwise(codes.float(), weight.float(), 2)
    expected = functional.conv2d(codes.double(), weight.double(), stride=2, padding=1, groups=8)
    assert torch.equal(found.double(), expected)
