from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from streamscope_training.network.architecture import Layer, layers
from streamscope_training.prepare.samples import Places, values, windows

LAYERS = {layer.name: layer for layer in layers()}
#: Full with stride 2; depthwise with stride 1 and 2 and a zero on each side; pointwise.
KINDS = ["conv0", "block1.depthwise", "block2.depthwise", "block1.pointwise"]


def maps(layer: Layer, side: tuple[int, int]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """An input, a weight, and the convolution's output."""
    random = torch.Generator().manual_seed(layer.index)
    x = torch.randn(2, layer.inputs, *side, generator=random, dtype=torch.float64)
    weight = torch.randn(layer.weight_shape, generator=random, dtype=torch.float64)
    return x, weight, functional.conv2d(x, weight, None, layer.stride, layer.padding, 1, layer.groups)


def everywhere(y: torch.Tensor) -> torch.Tensor:
    return Places(1).within(y)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("side", [(9, 9), (8, 11)], ids=str)
def test_weights_times_windows_are_the_convolution(name: str, side: tuple[int, int]) -> None:
    layer = LAYERS[name]
    x, weight, y = maps(layer, side)
    found, wanted = windows(layer, x, y, everywhere(y))
    groups = layer.groups
    assert found.shape == (groups, 2 * y.shape[2] * y.shape[3], weight[0].numel())
    assert wanted.shape == (groups, found.shape[1], layer.outputs // groups)
    grouped = weight.reshape(groups, -1, found.shape[2])
    torch.testing.assert_close(found @ grouped.transpose(1, 2), wanted)


@pytest.mark.parametrize("name", KINDS)
def test_windows_are_those_of_unfold(name: str) -> None:
    layer = LAYERS[name]
    x, _, y = maps(layer, (9, 7))
    found, _ = windows(layer, x, y, everywhere(y))
    unfolded = functional.unfold(x, layer.kernel, padding=layer.padding, stride=layer.stride)
    # (N, inputs * window, places) -> (N * places, inputs * window)
    expected = unfolded.transpose(1, 2).flatten(0, 1)
    if layer.depthwise:
        expected = expected.unflatten(1, (layer.inputs, -1)).transpose(0, 1)
    else:
        expected = expected[None]
    assert torch.equal(found, expected)


def test_places_are_thinned_out_evenly_over_all_photos() -> None:
    layer = LAYERS["block1.depthwise"]
    count = 2 * 10 * 10
    # Each output says which place it is.
    y = torch.arange(count).reshape(2, 1, 10, 10).expand(2, layer.outputs, 10, 10).double()
    x = y[:, : layer.inputs]
    taken = Places.about(28, count, 10).within(y)
    found, wanted = windows(layer, x, y, taken)
    assert torch.equal(wanted[0, :, 0].long(), taken)
    assert torch.equal(values(y, taken)[:, 3].long(), taken)
    assert taken.tolist() == list(range(3, 200, 7))
    # The middle of a window is its own place.
    assert torch.equal(found[3, :, 4].long(), taken)


@pytest.mark.parametrize("width", [111, 56, 28, 14, 7])
@pytest.mark.parametrize("photos", [1, 16, 160, 1500])
@pytest.mark.parametrize("most", [200, 20_000, 100_000])
def test_every_column_is_met_as_often_as_any_other(width: int, photos: int, most: int) -> None:
    count = photos * width * width
    every = Places.about(most, count, width).every
    met = torch.bincount(torch.arange(every // 2, count, every) % width, minlength=width)
    assert int(met.max() - met.min()) <= 1
    # As many as asked for, or all; and not many more.
    assert min(most, count) - 1 <= int(met.sum()) <= max(2.5 * most, count if every == 1 else 0)


@pytest.mark.parametrize("every", [1, 7, 11, 100])
@pytest.mark.parametrize("sizes", [(5,), (1, 4), (2, 2, 1)])
def test_parts_have_the_places_of_the_whole(every: int, sizes: tuple[int, ...]) -> None:
    maps = torch.arange(5 * 6).reshape(5, 1, 3, 2)
    places = Places(every)
    whole = values(maps, places.within(maps))
    found, before = [], 0
    for part in maps.split(sizes):
        found.append(values(part, places.within(part, before)))
        before += part.numel()
    assert torch.equal(torch.cat(found), whole)
