"""On the float twin that the repository ships, and on channels whose figures are plain."""

from __future__ import annotations

import pytest
import torch
from support.pictures import sample_photos
from torch import Tensor
from torch.nn import functional

from streamscope_training import paths
from streamscope_training.network.architecture import TOP_CODE, layers
from streamscope_training.network.float_twin import CEILING, FloatTwin
from streamscope_training.network.mobilenet import normalise
from streamscope_training.network.start import Start, UnitStart, read_start
from streamscope_training.prepare.copies import (
    Channels,
    choose,
    copy_into_spare_channels,
    measure,
    shares_of_step,
)
from streamscope_training.prepare.samples import values
from streamscope_training.prepare.steps import best_activation_steps, quantize


@pytest.fixture(scope="module")
def twin() -> Start:
    return read_start(paths.shipped_start())


@pytest.fixture(scope="module")
def small() -> Tensor:
    return sample_photos(96)


@pytest.fixture(scope="module")
def measured(twin: Start, small: Tensor) -> dict[int, Channels]:
    return measure(twin, small)


@pytest.fixture(scope="module")
def copied(twin: Start, small: Tensor) -> Start:
    return copy_into_spare_channels(twin, small)


def channels(harm: list[float], loss: list[float]) -> Channels:
    return Channels(torch.tensor(harm), torch.tensor(loss), torch.zeros(len(harm)))


def unit_of(weight: list[list[float]], offset: list[float]) -> UnitStart:
    rows = torch.tensor(weight)[:, :, None, None]
    return UnitStart(rows, torch.ones(len(rows)), torch.tensor(offset), None, None)


def pooled(start: Start, x: Tensor, after: int) -> Tensor:
    """Pooled features from what the layer of index ``after`` gives."""
    for layer, unit in list(zip(layers(), start.units, strict=True))[after + 1 :]:
        y = functional.conv2d(x, unit.weight, None, layer.stride, layer.padding, 1, layer.groups)
        x = (y * unit.gain.reshape(-1, 1, 1) + unit.offset.reshape(-1, 1, 1)).clamp(0, CEILING)
    return x.mean((2, 3))


def test_the_most_harmed_is_copied_first() -> None:
    # The first copy takes 3/4 of the harm, the second 1/4 - 1/9: 3 and 0.56 of 4, 0.75 of 1.
    assert choose(channels([4, 1, 0], [9, 9, 0])) == ([2], {0: 2})
    assert choose(channels([4, 1, 0, 0], [9, 9, 0, 0])) == ([2, 3], {0: 2, 1: 2})
    assert choose(channels([4, 1, 0, 0, 0], [9, 9, 0, 0, 0])) == ([2, 3, 4], {0: 3, 1: 2})


def test_a_channel_is_given_up_only_for_twice_what_it_does() -> None:
    assert choose(channels([4, 0, 0], [9, 1.4, 1.6])) == ([1], {0: 2})
    assert choose(channels([4, 0, 0], [9, 1.6, 1.6])) == ([], {})
    # Nor for itself, nor once it is copied.
    assert choose(channels([4], [0])) == ([], {})
    assert choose(channels([4, 4], [0, 0])) == ([0], {1: 2})


def test_shares_are_of_channels_that_compute_the_same() -> None:
    unit = unit_of([[1, 2], [3, 4], [1, 2], [1, 2], [0, 0], [0, 0], [3, 4]], [0, 0, 0, 0, 5, 5, 1])
    expected = torch.tensor([0, 0, 1 / 3, 2 / 3, 0, 0, 0])
    torch.testing.assert_close(shares_of_step(unit), expected)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_channels_read_in_between_are_as_fine_as_a_smaller_step(count: int) -> None:
    step = 0.3
    shares = shares_of_step(unit_of([[1.0]] * count, [0.0] * count))
    # From the first code of them all to where the first is full.
    x = torch.linspace(step, TOP_CODE * step, 1001, dtype=torch.float64)
    read = [quantize(x - share * step, torch.tensor(step), 0, TOP_CODE) for share in shares.tolist()]
    error = torch.stack(read).mean(0) - (x - float(shares.mean()) * step)
    assert float(error.abs().max()) <= step / count / 2 + 1e-6


def test_harm_and_loss_are_those_of_the_changes_themselves(
    twin: Start, small: Tensor, measured: dict[int, Channels]
) -> None:
    maps = [after for _, after in FloatTwin(twin).pre_activations(normalise(small))]
    first, second = maps[:2]
    wanted = maps[-1].mean((2, 3))
    every = torch.arange(first[:, 0].numel())
    step = best_activation_steps(values(first, every), TOP_CODE, per_channel=True).reshape(1, -1, 1, 1)
    rounded, flat = quantize(first, step, 0, TOP_CODE), second.mean((0, 2, 3), keepdim=True)
    found = measured[0]
    torch.testing.assert_close(found.mean, flat.flatten())
    harm, loss = torch.zeros(len(found.harm)), torch.zeros(len(found.harm))
    for channel in range(len(harm)):
        moved, lost = first.clone(), second.clone()
        moved[:, channel] = rounded[:, channel]
        lost[:, channel] = flat[:, channel]
        for effects, x, after in ((harm, moved, 0), (loss, lost, 1)):
            effects[channel] = (pooled(twin, x, after) - wanted).square().sum() / wanted.square().sum()
    # The gradient is no more than a good guess, and the directions are few.
    for guess, truth in ((found.harm, harm), (found.loss, loss)):
        assert float(torch.corrcoef(torch.stack([guess, truth]).sqrt())[0, 1]) > 0.75
        assert 0.5 < float(guess.sum() / truth.sum()) < 2
        # Of what is dead nothing is left but roundings.
        assert torch.equal(guess < 1e-9, truth < 1e-9)


def test_dead_channels_are_filled(twin: Start, small: Tensor, copied: Start) -> None:
    def alive(start: Start) -> Tensor:
        first = next(iter(FloatTwin(start).pre_activations(normalise(small))))[1]
        return first.amax((0, 2, 3)) > 0

    assert int(alive(twin).sum()) == 23
    assert bool(alive(copied).all())


def test_the_float_network_computes_the_same(twin: Start, copied: Start, small: Tensor) -> None:
    # Mirrored, as the channels were not chosen on them.
    images = small.flip(3)
    before, after = FloatTwin(twin)(normalise(images)), FloatTwin(copied)(normalise(images))
    assert float((after - before).square().mean() / before.var()) < 5e-3


def test_copies_share_the_weights_of_what_they_copy(
    twin: Start, copied: Start, measured: dict[int, Channels]
) -> None:
    assert measured[0].harm.shape == (32,)
    assert list(measured) == [0, 2]
    spare, times = choose(measured[0])
    first, depthwise, pointwise = copied.units[:3]
    given_up = choose(measured[2])[0]
    # Rows of the pointwise convolution that were given up themselves have become others.
    own = [row for row in range(len(pointwise.weight)) if row not in given_up]
    for channel in range(32):
        alike = (first.weight == first.weight[channel]).flatten(1).all(1).nonzero()[:, 0]
        assert len(alike) == times.get(channel, 1) or channel in spare
        assert torch.equal(depthwise.weight[alike], depthwise.weight[[channel]].expand(len(alike), -1, 3, 3))
        if channel not in spare:
            expected = twin.units[2].weight[own, channel]
            torch.testing.assert_close(pointwise.weight[own][:, alike].sum(1), expected)
    assert copied.classifier is twin.classifier
