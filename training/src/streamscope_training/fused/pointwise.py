"""1x1 convolution of integer codes: exact, at the speed of bfloat16."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor


def pointwise(x: Tensor, weight: Tensor) -> Tensor:
    """(N, C, H, W) with (outputs, C, 1, 1), both float32 -> (N, outputs, H, W), all channels last.

    Products are taken of numbers rounded to bfloat16, and added in float32, where the processor can. Codes
    are integers of up to 8 bits, so their sums are exact; gradients are rounded.
    """
    return _Pointwise.apply(x, weight)  # type: ignore[no-any-return, no-untyped-call]


class _Pointwise(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor) -> Tensor:
        ctx.save_for_backward(x, weight)
        with _short_products():
            return _map(_rows(x) @ weight.flatten(1).t(), x)

    @staticmethod
    def backward(ctx: Any, upstream: Tensor) -> tuple[Tensor, Tensor]:
        x, weight = ctx.saved_tensors
        rows = _rows(upstream)
        with _short_products():
            by_x = _map(rows @ weight.flatten(1), x)
            by_weight = (rows.t() @ _rows(x)).reshape(weight.shape)
        return by_x, by_weight


@contextlib.contextmanager
def _short_products() -> Iterator[None]:
    """Within it, products of float32 matrices may be of bfloat16 numbers."""
    former = torch.get_float32_matmul_precision()
    torch.set_float32_matmul_precision("medium")
    try:
        yield
    finally:
        torch.set_float32_matmul_precision(former)


def _rows(x: Tensor) -> Tensor:
    """A map as rows of channels, without a copy if it is channels last."""
    return x.permute(0, 2, 3, 1).reshape(-1, x.shape[1])


def _map(rows: Tensor, like: Tensor) -> Tensor:
    photos, _, height, width = like.shape
    return rows.reshape(photos, height, width, -1).permute(0, 3, 1, 2)
