from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from streamscope_training.network.architecture import Layer, layers
from streamscope_training.prepare import samples as module
from streamscope_training.prepare.samples import samples

LAYERS = {layer.name: layer for layer in layers()}
#: Full with stride 2; depthwise with stride 1 and 2 and a zero on each side; pointwise.
KINDS = ["conv0", "block1.depthwise", "block2.depthwise", "block1.pointwise"]


def maps(layer: Layer, side: tuple[int, int]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """An input, a weight, and the convolution's output."""
    random = torch.Generator().manual_seed(layer.index)
    x = torch.randn(2, layer.inputs, *side, generator=random, dtype=torch.float64)
    weight = torch.randn(layer.weight_shape, generator=random, dtype=torch.float64)
    return x, weight, functional.conv2d(x, weight, None, layer.stride, layer.padding, 1, layer.groups)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("side", [(9, 9), (8, 11)], ids=str)
def test_weights_times_windows_are_the_convolution(name: str, side: tuple[int, int]) -> None:
    layer = LAYERS[name]
    x, weight, y = maps(layer, side)
    windows, wanted = samples(layer, x, y)
    groups = layer.groups
    assert windows.shape == (groups, 2 * y.shape[2] * y.shape[3], weight[0].numel())
    assert wanted.shape == (groups, windows.shape[1], layer.outputs // groups)
    grouped = weight.reshape(groups, -1, windows.shape[2])
    torch.testing.assert_close(windows @ grouped.transpose(1, 2), wanted)


@pytest.mark.parametrize("name", KINDS)
def test_windows_are_those_of_unfold(name: str) -> None:
    layer = LAYERS[name]
    x, _, y = maps(layer, (9, 7))
    windows, _ = samples(layer, x, y)
    unfolded = functional.unfold(x, layer.kernel, padding=layer.padding, stride=layer.stride)
    # (N, inputs * window, places) -> (N * places, inputs * window)
    expected = unfolded.transpose(1, 2).flatten(0, 1)
    if layer.depthwise:
        expected = expected.unflatten(1, (layer.inputs, -1)).transpose(0, 1)
    else:
        expected = expected[None]
    assert torch.equal(windows, expected)


def test_many_places_are_thinned_out_evenly_over_all_photos(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PLACES", 30)
    layer = LAYERS["block1.depthwise"]
    count = 2 * 10 * 10
    # Each output says which place it is.
    y = torch.arange(count).reshape(2, 1, 10, 10).expand(2, layer.outputs, 10, 10).double()
    x = y[:, : layer.inputs]
    windows, wanted = samples(layer, x, y)
    places = wanted[0, :, 0].long()
    assert 30 <= len(places) <= 40
    assert len(places.diff().unique()) == 1
    assert 0 < float((places < 100).double().mean()) < 1
    # The middle of a window is its own place.
    assert torch.equal(windows[3, :, 4].long(), places)
