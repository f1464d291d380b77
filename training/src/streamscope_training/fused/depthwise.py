"""Depthwise 3x3 convolution whose gradient by its input is a convolution too, at every stride."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional
from torch.nn.grad import conv2d_weight


def depthwise(x: Tensor, weight: Tensor, stride: int) -> Tensor:
    """(N, C, H, W) with (C, 1, 3, 3), one zero of padding on each side."""
    return _Depthwise.apply(x, weight, stride)  # type: ignore[no-any-return, no-untyped-call]


class _Depthwise(torch.autograd.Function):
    """PyTorch's, but for the gradient by x: that is the convolution of the gradient, spread out with zeros
    between, with the kernel turned round. PyTorch's own at stride 2 takes a slow path in bfloat16, ten times
    the forward pass. In float32, as maps of codes are, the two have not been compared.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, stride: int) -> Tensor:
        ctx.save_for_backward(x, weight)
        ctx.stride = stride
        return functional.conv2d(x, weight, stride=stride, padding=1, groups=weight.shape[0])

    @staticmethod
    def backward(ctx: Any, upstream: Tensor) -> tuple[Tensor, Tensor, None]:
        x, weight = ctx.saved_tensors
        stride, groups = ctx.stride, weight.shape[0]
        upstream = upstream.contiguous(memory_format=torch.channels_last)
        spread = upstream
        if stride > 1:
            spread = torch.zeros_like(x)
            spread[:, :, ::stride, ::stride] = upstream
        by_x = functional.conv2d(spread, weight.flip(2, 3), padding=1, groups=groups)
        by_weight = conv2d_weight(  # type: ignore[no-untyped-call]
            x, weight.shape, upstream, stride=stride, padding=1, groups=groups
        )
        return by_x, by_weight, None
