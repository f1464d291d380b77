from __future__ import annotations

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from streamscope_training.fused.pointwise import pointwise

#: (N, inputs, H, W), outputs: a size of the network's last layers, and odd ones.
SIZES = [((2, 1024, 7, 7), 64), ((1, 3, 5, 4), 7), ((3, 33, 1, 1), 1)]

sizes = pytest.mark.parametrize(("shape", "outputs"), SIZES, ids=str)
layouts = pytest.mark.parametrize(
    "layout", [torch.contiguous_format, torch.channels_last], ids=["NCHW", "NHWC"]
)


def codes_and_weight(shape: tuple[int, ...], outputs: int) -> tuple[Tensor, Tensor]:
    random = torch.Generator().manual_seed(0)
    # All of one sign in the first output: the largest sum there is, 1024 * 15 * 7.
    weight = torch.randint(-7, 8, (outputs, shape[1], 1, 1), generator=random)
    weight[0] = 7
    codes = torch.randint(16, shape, generator=random)
    codes[0, :, 0, 0] = 15
    return codes.float(), weight.float()


@sizes
@layouts
def test_codes_are_summed_exactly(shape: tuple[int, ...], outputs: int, layout: torch.memory_format) -> None:
    codes, weight = codes_and_weight(shape, outputs)
    found = pointwise(codes.contiguous(memory_format=layout), weight)
    assert torch.equal(found.double(), functional.conv2d(codes.double(), weight.double()))
    assert float(found.max()) == 105 * shape[1]


@sizes
@layouts
def test_gradients_are_pytorchs_but_for_rounding_to_bfloat16(
    shape: tuple[int, ...], outputs: int, layout: torch.memory_format
) -> None:
    codes, weight = codes_and_weight(shape, outputs)
    upstream = torch.randn(shape[0], outputs, *shape[2:], generator=torch.Generator().manual_seed(1))
    leaves = [codes.contiguous(memory_format=layout).requires_grad_(), weight.requires_grad_()]
    found = torch.autograd.grad(pointwise(*leaves), leaves, upstream)
    wide = [leaf.detach().double().requires_grad_() for leaf in leaves]
    exact = torch.autograd.grad(functional.conv2d(*wide), wide, upstream.double())
    for one, other in zip(found, exact, strict=True):
        assert one.dtype == torch.float32
        assert float((one - other).norm() / other.norm()) < 2**-8


def test_other_products_keep_their_precision() -> None:
    before = torch.get_float32_matmul_precision()
    codes, weight = codes_and_weight((1, 3, 5, 4), 7)
    pointwise(codes.requires_grad_(), weight.requires_grad_()).sum().backward()  # type: ignore[no-untyped-call]
    assert torch.get_float32_matmul_precision() == before
    with pytest.raises(RuntimeError):
        pointwise(codes, weight[:, :2])
    assert torch.get_float32_matmul_precision() == before
