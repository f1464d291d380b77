"""Affine and quantized ReLU as one function with a gradient: in C where a compiler is, else in PyTorch."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
import torch
from torch import Tensor

from .native import address, in_parts, library, split

_LAST = torch.channels_last


def staircase(
    values: Tensor,
    gain: Tensor,
    offset: Tensor,
    step: Tensor,
    top: int,
    target: Tensor | None = None,
    weight: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """Codes ``clamp(round(values * gain + offset), 0, top)`` and the loss
    ``sum(weight * (step * codes - target) ** 2)``, 0 without a target.

    ``values`` and the codes are (N, C, H, W), float32, and so is ``target``, bfloat16; what is of another
    type or not channels last is copied. ``gain``, ``offset``, ``step`` and ``weight`` are (C,), float32.
    Gradients pass the rounding and stop where the ReLU or the upper clamp does, as in Brevitas. They go to
    values, gain, offset, and, from the loss, to step.
    """
    if target is not None:
        target = target.to(torch.bfloat16).contiguous(memory_format=_LAST)
    if weight is None:
        weight = torch.zeros_like(gain)
    values = values.float().contiguous(memory_format=_LAST)
    gain, offset, step, weight = (vector.contiguous() for vector in (gain, offset, step, weight))
    kind = _Native if library() is not None else _Plain
    codes, loss = kind.apply(values, gain, offset, step, top, target, weight)  # type: ignore[no-untyped-call]
    return codes, loss


def ramp(values: Tensor, gain: Tensor, offset: Tensor, ceiling: float) -> Tensor:
    """``clamp(values * gain + offset, 0, ceiling)`` without a gradient; shapes as of ``staircase``."""
    values = values.contiguous(memory_format=_LAST)
    native = library()
    if native is None:
        return torch.addcmul(_wide(offset), values.float(), _wide(gain)).clamp_(0, ceiling).to(values.dtype)
    channels, rows = values.shape[1], values.numel() // values.shape[1]
    out = torch.empty_like(values)

    def part(_: int, first: int, count: int) -> None:
        native.ramp_forward(
            address(values, first, channels), address(gain), address(offset), ctypes.c_float(ceiling),
            address(out, first, channels), ctypes.c_int64(count), ctypes.c_int64(channels),
        )  # fmt: skip

    in_parts(rows, part)
    return out


class _Native(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, values: Tensor, gain: Tensor, offset: Tensor, step: Tensor, top: int,
                target: Tensor | None, weight: Tensor) -> tuple[Tensor, Tensor]:  # fmt: skip
        native = library()
        assert native is not None
        channels, rows = values.shape[1], values.numel() // values.shape[1]
        codes = torch.empty_like(values)
        losses = np.zeros(len(split(rows)))

        def part(i: int, first: int, count: int) -> None:
            native.staircase_forward(
                address(values, first, channels), address(gain), address(offset), address(step),
                ctypes.c_float(top), address(target, first, channels), address(weight),
                address(codes, first, channels), ctypes.c_int64(count), ctypes.c_int64(channels),
                ctypes.c_void_p(losses[i:].ctypes.data),
            )  # fmt: skip

        in_parts(rows, part)
        ctx.save_for_backward(values, gain, offset, step, target, weight)
        ctx.top = top
        return codes, torch.tensor(losses.sum(), dtype=torch.float32)

    @staticmethod
    def backward(ctx: Any, by_codes: Tensor, by_loss: Tensor) -> tuple[Tensor | None, ...]:
        values, gain, offset, step, target, weight = ctx.saved_tensors
        native = library()
        assert native is not None
        channels, rows = values.shape[1], values.numel() // values.shape[1]
        upstream = by_codes.float().contiguous(memory_format=_LAST)
        pull = 2 * by_loss * weight
        gradient = torch.empty_like(values)
        sums = np.zeros((len(split(rows)), 3, channels))

        def part(i: int, first: int, count: int) -> None:
            native.staircase_backward(
                address(values, first, channels), address(gain), address(offset), address(step),
                ctypes.c_float(ctx.top), address(target, first, channels), address(pull),
                address(upstream, first, channels), address(gradient, first, channels),
                ctypes.c_int64(count), ctypes.c_int64(channels), ctypes.c_void_p(sums[i].ctypes.data),
            )  # fmt: skip

        in_parts(rows, part)
        by_gain, by_offset, by_step = torch.from_numpy(sums.sum(0).astype(np.float32))
        return gradient, by_gain, by_offset, by_step, None, None, None


class _Plain(torch.autograd.Function):
    """The same in PyTorch, in about ten passes over memory."""

    @staticmethod
    def forward(ctx: Any, values: Tensor, gain: Tensor, offset: Tensor, step: Tensor, top: int,
                target: Tensor | None, weight: Tensor) -> tuple[Tensor, Tensor]:  # fmt: skip
        codes = _levels(values, gain, offset).round_().clamp_(0, top)
        ctx.save_for_backward(values, gain, offset, step, target, weight)
        ctx.top = top
        if target is None:
            loss = torch.zeros(())
        else:
            loss = (_wide(weight) * (codes * _wide(step) - target.float()) ** 2).double().sum().float()
        return codes, loss

    @staticmethod
    def backward(ctx: Any, by_codes: Tensor, by_loss: Tensor) -> tuple[Tensor | None, ...]:
        values, gain, offset, step, target, weight = ctx.saved_tensors
        level = _levels(values, gain, offset)
        slope = by_codes.float()
        by_step = torch.zeros_like(step)
        if target is not None:
            codes = level.round().clamp_(0, ctx.top)
            pull = _wide(2 * by_loss * weight) * (codes * _wide(step) - target.float())
            slope = slope + pull * _wide(step)
            by_step = _sum(pull * codes)
        slope = slope * ((level > 0) & (level < ctx.top + 0.5))
        gradient = slope * _wide(gain)
        return gradient, _sum(slope * values.float()), _sum(slope), by_step, None, None, None


def _levels(values: Tensor, gain: Tensor, offset: Tensor) -> Tensor:
    return torch.addcmul(_wide(offset), values.float(), _wide(gain))


def _wide(vector: Tensor) -> Tensor:
    return vector.reshape(1, -1, 1, 1)


def _sum(map_: Tensor) -> Tensor:
    """By channel."""
    return map_.sum((0, 2, 3), dtype=torch.float64).float()
