"""Rounding that makes up for itself: a layer's weights, given its quantized inputs and its wanted outputs.

First the float weights that come closest to the wanted outputs from the inputs as quantization has left
them (ridge regression towards the weights as they were); then their codes, one input after another, where
each rounding error is spread over the inputs not yet rounded, as their correlations have it: the method of
Optimal Brain Quantization in the form of GPTQ (Frantar et al., "GPTQ: Accurate Post-Training Quantization
for Generative Pre-trained Transformers", 2022), in the order of the inputs' power, largest first, that its
authors' code came to offer later.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from ..errors import TrainingError

#: Ridge towards the old weights, and damping of the correlations, as a share of the inputs' mean variance.
_RIDGE = 0.02
_DAMPING = 0.01


@dataclass(frozen=True)
class Moments:
    """Second moments of samples of a layer, about their means, for G groups of n inputs and m outputs.

    A convolution that is not depthwise is one group; a depthwise one has a group a channel, n = 9, m = 1.
    """

    #: (G, n, n): inputs with inputs; (G, n, m): inputs with wanted outputs. Means over samples.
    inputs: Tensor
    cross: Tensor
    #: (G, n)
    input_mean: Tensor

    @staticmethod
    def of(inputs: Tensor, wanted: Tensor) -> Moments:
        """Of samples (G, samples, n) and (G, samples, m). Raises TrainingError if they are so large that a
        moment is not finite: no weights can be found by it.
        """
        input_mean = inputs.mean(1)
        centred = inputs - input_mean[:, None]
        samples = inputs.shape[1]
        transposed = centred.transpose(1, 2)
        moments = Moments(
            transposed @ centred / samples,
            transposed @ (wanted - wanted.mean(1, keepdim=True)) / samples,
            input_mean,
        )
        if not (moments.inputs.isfinite().all() and moments.cross.isfinite().all()):
            raise TrainingError(
                "The start cannot be calibrated: what its layers give is too large for float32; name another."
            )
        return moments


def fit(weight: Tensor, moments: Moments) -> Tensor:
    """Weights (G, m, n) of least squared error, by ridge regression towards ``weight``."""
    count = weight.shape[2]
    ridge = _RIDGE * _scale(moments)
    left = moments.inputs.double() + ridge.double() * torch.eye(count, dtype=torch.float64)
    right = moments.cross.double() + ridge.double() * weight.transpose(1, 2).double()
    return torch.linalg.solve(left, right).transpose(1, 2).float()  # type: ignore[no-any-return]


def round_in_turn(weight: Tensor, step: Tensor, top: int, moments: Moments) -> Tensor:
    """Weights (G, m, n) moved so that rounding them to multiples of ``step`` (G, m), from -top to top,
    does least harm: what each was when its turn came, so within half a step of its code or beyond the top.
    """
    count = weight.shape[2]
    damping = _DAMPING * _scale(moments)
    hessian = moments.inputs.double() + damping.double() * torch.eye(count, dtype=torch.float64)
    # Those that matter most first: what comes late has fewer to make up for it.
    order = hessian.diagonal(dim1=1, dim2=2).argsort(dim=1, descending=True)
    groups = torch.arange(len(weight))[:, None]
    hessian = hessian[groups[:, :, None], order[:, :, None], order[:, None, :]]
    inverse = torch.linalg.cholesky(torch.linalg.inv(hessian), upper=True).float()
    rest = weight.gather(2, order[:, None].expand_as(weight)).clone()
    for i in range(count):
        now = rest[:, :, i]
        error = (now - (now / step).round().clamp(-top, top) * step) / inverse[:, i, i, None]
        rest[:, :, i + 1 :] -= error[:, :, None] * inverse[:, None, i, i + 1 :]
    return torch.empty_like(rest).scatter_(2, order[:, None].expand_as(rest), rest)


def _scale(moments: Moments) -> Tensor:
    """Mean variance of a group's inputs, (G, 1, 1); for inputs that are constant more than what rounding
    makes of it."""
    variance = moments.inputs.diagonal(dim1=1, dim2=2).mean(1)
    least = 1e-6 * moments.input_mean.square().mean(1)
    return variance.maximum(least).clamp_min(1e-12)[:, None, None]
