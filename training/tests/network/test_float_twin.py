from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image
from support.exact import exact
from torch import Tensor
from torch.nn import functional

from streamscope_training import paths
from streamscope_training.network.architecture import layers
from streamscope_training.network.float_twin import FloatTwin
from streamscope_training.network.mobilenet import normalise
from streamscope_training.network.start import read_start

#: What sample photos show.
SHOWN = {"bee": "bee", "macaw": "macaw", "panda": "giant panda", "tiger": "tiger"}


@pytest.fixture(scope="module")
def twin() -> FloatTwin:
    """The one the repository ships."""
    return FloatTwin(read_start(paths.shipped_start()))


def photo(name: str) -> Tensor:
    """The middle of a sample photo, (1, 3, 224, 224) bytes."""
    with Image.open(paths.repository() / "public" / "samples" / f"{name}.jpg") as image:
        width, height = image.size
        scale = 256 / min(image.size)
        small = image.convert("RGB").resize((round(width * scale), round(height * scale)))
    left, upper = (small.width - 224) // 2, (small.height - 224) // 2
    pixels = np.asarray(small.crop((left, upper, left + 224, upper + 224)))
    return torch.from_numpy(pixels.copy()).permute(2, 0, 1)[None]


def test_the_shipped_twin_names_the_sample_photos(twin: FloatTwin) -> None:
    names = paths.labels_file().read_text(encoding="utf-8").splitlines()
    for name, shown in SHOWN.items():
        logits = twin(normalise(photo(name)))
        assert logits.shape == (1, 1000)
        assert shown in names[int(logits.argmax())], name


def test_each_layer_is_a_convolution_an_affine_and_a_clamp() -> None:
    start = exact(seed=3, pictures=1).start
    x = torch.randn(2, 3, 63, 41, dtype=torch.float64)
    y = x
    count = 0
    for layer, unit, (before, after) in zip(
        layers(), start.units, FloatTwin(start).pre_activations(x), strict=True
    ):
        y = functional.pad(y, (layer.padding,) * 4)
        convolution = torch.nn.Conv2d(
            layer.inputs, layer.outputs, layer.kernel, layer.stride, groups=layer.groups, bias=False
        ).double()
        convolution.weight.data = unit.weight.double()
        y = convolution(y) * unit.gain.double().reshape(-1, 1, 1) + unit.offset.double().reshape(-1, 1, 1)
        torch.testing.assert_close(before, y)
        y = functional.relu6(y)
        torch.testing.assert_close(after, y)
        count += int((y == 6).sum())
    assert count > 0


def test_the_pool_is_a_mean_and_the_classifier_linear() -> None:
    start = exact(seed=3, pictures=1).start
    twin = FloatTwin(start)
    x = torch.randn(2, 3, 64, 64)
    *_, (_, last) = twin.pre_activations(x)
    assert last.shape == (2, 1024, 2, 2)
    pooled = last.flatten(2).mean(2)
    expected = pooled.double() @ start.classifier.double().t() + start.bias.double()
    torch.testing.assert_close(twin(x), expected.float(), rtol=1e-4, atol=1e-4)
