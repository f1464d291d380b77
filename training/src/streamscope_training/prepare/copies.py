"""Channels that do little put to better use: as copies of those that 4 bits serve worst.

A depthwise convolution looks for edges, the differences of neighbours, and so for what the 4-bit activations
before it leave out. Some channels of a trained network are 0 for every photo, and some change next to
nothing. Each of them can compute what a better one does. Where k channels that compute the same are read the
k-th part of a step apart, their mean is as fine as if the step were that part of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
from torch import Tensor

from ..network.architecture import TOP_CODE, layers
from ..network.float_twin import FloatTwin
from ..network.mobilenet import normalise
from ..network.start import Start, UnitStart
from .parts import wide
from .samples import VALUES, Places, values
from .steps import best_activation_steps, quantize

#: How many depthwise convolutions, from the first on, have their channels looked at. Later channels stand
#: for things that the few photos may lack, and have little harm from 4 bits.
_DEPTHWISE = 2
#: Random directions in the space of the pooled features in which what is changed is measured.
_DIRECTIONS = 16
#: Photos looked at, and those of one backward pass, as its gradients of all layers are held.
_PHOTOS = 32
_TOGETHER = 8
#: A copy must gain this many times what its place did.
_MARGIN = 2.0


@dataclass(frozen=True)
class Channels:
    """What is known of the channels between a convolution, the depthwise one after it, and the next."""

    #: How far the pooled features move, squared and over all their power, if 4 bits are all that a channel
    #: has; and if what the depthwise convolution makes of it is replaced by its mean. (channels,) each.
    harm: Tensor
    loss: Tensor
    #: The means, (channels,)
    mean: Tensor


def copy_into_spare_channels(start: Start, images: Tensor) -> Start:
    """A float start that computes nearly the same, with the spare channels before and after the first
    depthwise convolutions as copies of others. ``images`` are (N, 3, 224, 224) bytes, of which a few dozen
    are looked at.
    """
    units = [
        replace(unit, weight=unit.weight.clone(), gain=unit.gain.clone(), offset=unit.offset.clone())
        for unit in start.units
    ]
    for index, channels in measure(start, images).items():
        spare, times = choose(channels)
        first, depthwise, pointwise = units[index : index + 3]
        columns = pointwise.weight[:, :, 0, 0]
        pointwise.offset.add_(pointwise.gain * (columns[:, spare] @ channels.mean[spare]))
        free = iter(spare)
        for original, count in times.items():
            columns[:, original] /= count
            for copy in (next(free) for _ in range(count - 1)):
                for unit in (first, depthwise):
                    for tensor in (unit.weight, unit.gain, unit.offset):
                        tensor[copy] = tensor[original]
                columns[:, copy] = columns[:, original]
    return replace(start, units=tuple(units))


def shares_of_step(unit: UnitStart) -> Tensor:
    """By which share of its step each channel is to be read lower than the first one with the same weights
    and affine: (channels,), from 0 to below 1. It is 0 for a channel that is alone, or constant. What the
    channels of a depthwise convolution read is taken to be the same, too.
    """
    rows = torch.cat([unit.weight.flatten(1), unit.gain[:, None], unit.offset[:, None]], dim=1)
    _, group, sizes = torch.unique(rows, dim=0, return_inverse=True, return_counts=True)
    shares = torch.zeros(len(rows))
    for one in (sizes > 1).nonzero():
        alike = (group == one).nonzero()[:, 0]
        if bool(unit.weight[alike[0]].any()):
            shares[alike] = torch.arange(len(alike)) / len(alike)
    return shares


def choose(channels: Channels) -> tuple[list[int], dict[int, int]]:
    """Channels to give up, and which others are to be computed more than once, by how many channels: one
    after another, up to the first whose place is not worth a copy, or that is copied itself. An error read
    by k channels has the k-th part of its size, and so 1/k^2 of its square.
    """
    harm, loss = channels.harm.tolist(), channels.loss.tolist()
    times = dict.fromkeys(range(len(harm)), 1)
    spare: list[int] = []
    for candidate in channels.loss.argsort(stable=True).tolist():
        gains = {
            channel: harm[channel] * (1 / k**2 - 1 / (k + 1) ** 2)
            for channel, k in times.items()
            if channel != candidate
        }
        best = max(gains, key=gains.__getitem__, default=candidate)
        if best == candidate or times[candidate] > 1 or gains[best] <= _MARGIN * loss[candidate]:
            break
        times[best] += 1
        del times[candidate]
        spare.append(candidate)
    return spare, {channel: k for channel, k in times.items() if k > 1}


def measure(start: Start, images: Tensor) -> dict[int, Channels]:
    """Of the channels in front of the first depthwise convolutions, by the index of the layer they come from.

    Each change is followed to the pooled features by their gradient in random directions: one forward
    and a few backward passes for all channels.
    """
    parts = [images[at : at + _TOGETHER] for at in range(0, min(len(images), _PHOTOS), _TOGETHER)]
    ahead = [layer.index - 1 for layer in layers() if layer.depthwise][:_DEPTHWISE]
    maps = [_maps(start, part) for part in parts]
    with torch.no_grad():
        steps = {i: _activation_steps(i, torch.cat([m[i] for m in maps])) for i in ahead}
        means = {i: torch.cat([m[i + 1] for m in maps]).mean((0, 2, 3)) for i in ahead}
    harm, loss = ({i: torch.zeros(len(means[i])) for i in ahead} for _ in range(2))
    power = 0.0
    random = torch.Generator().manual_seed(0)
    for part in maps:
        pooled = part[-1].mean((2, 3))
        power += float(pooled.detach().square().sum())
        watched = [part[i + after] for i in ahead for after in (0, 1)]
        for _ in range(_DIRECTIONS):
            direction = torch.randn(pooled.shape[1], generator=random) / _DIRECTIONS**0.5
            gradients = iter(torch.autograd.grad((pooled @ direction).sum(), watched, retain_graph=True))
            with torch.no_grad():
                for i in ahead:
                    before, after = part[i], part[i + 1]
                    rounded = quantize(before, wide(steps[i]), 0, TOP_CODE)
                    harm[i] += _moved(rounded - before, next(gradients))
                    loss[i] += _moved(after - wide(means[i]), next(gradients))
    return {i: Channels(harm[i] / power, loss[i] / power, means[i]) for i in ahead}


def _activation_steps(index: int, maps: Tensor) -> Tensor:
    taken = Places.about(VALUES, maps.numel() // maps.shape[1], maps.shape[3]).within(maps)
    return best_activation_steps(values(maps, taken), TOP_CODE, layers()[index].scale_per_channel)


def _moved(change: Tensor, gradient: Tensor) -> Tensor:
    """(N, C, H, W) each -> sum over photos of the squared effect of each channel's change, (C,)."""
    return (change * gradient).sum((2, 3)).square().sum(0)


def _maps(start: Start, images: Tensor) -> list[Tensor]:
    """The twin's activations of all layers, through which gradients flow back to the first."""
    x = normalise(images).contiguous(memory_format=torch.channels_last)
    found: list[Tensor] = []
    for _, activations in FloatTwin(start).pre_activations(x):
        found.append(activations if found else activations.requires_grad_())
    return found
