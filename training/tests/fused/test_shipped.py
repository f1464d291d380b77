"""The shipped network on real photos: each layer of the fast pass is given the engine's integers, so that a
difference is that layer's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import torch
from torch import Tensor

from streamscope_training.data.batches import evaluation_batches
from streamscope_training.data.decode import EVALUATION_RULES
from streamscope_training.data.photo_set import open_photos
from streamscope_training.evaluation.differences import RoundingDifferences
from streamscope_training.evaluation.engine import Engine
from streamscope_training.export.read_back import network_from_qonnx
from streamscope_training.fused import forward as fused
from streamscope_training.fused import staircase as module
from streamscope_training.fused.native import library
from streamscope_training.network.architecture import POOL_SHIFT, POOL_SIDE, TOP_CLASSIFIER_WEIGHT, layers
from streamscope_training.network.mobilenet import MobileNet, Unit
from streamscope_training.network.outputs import Output
from streamscope_training.paths import sample_photos, shipped_export, shipped_package

PHOTOS = 2


@dataclass(frozen=True)
class Truth:
    """What the engine gives for some photos (N, 3, 224, 224)."""

    images: Tensor
    #: Of the 27 layers, (N, C, H, W).
    codes: list[Tensor]
    #: (N, 1024) and (N, 1000).
    pooled: Tensor
    logits: Tensor

    def first(self) -> Truth:
        """Of one photo alone."""
        return Truth(self.images[:1], [maps[:1] for maps in self.codes], self.pooled[:1], self.logits[:1])


@pytest.fixture(scope="module")
def truth() -> Truth:
    photos = open_photos([sample_photos()], cache=None, exclude=["thumbs"], rules=EVALUATION_RULES)
    images = next(evaluation_batches(photos, PHOTOS)).images
    engine = Engine(shipped_package())
    found = [engine.integers(image) for image in images]
    maps = zip(*(one.activations for one in found), strict=True)
    return Truth(
        images,
        [torch.cat(maps_of_layer) for maps_of_layer in maps],
        torch.cat([one.pooled for one in found]),
        torch.cat([one.logits for one in found]),
    )


@pytest.fixture(scope="module")
def network() -> MobileNet:
    return network_from_qonnx(shipped_export())


@pytest.fixture(params=["native", "plain"])
def implementation(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thresholds in C, and in PyTorch."""
    if request.param == "plain":
        monkeypatch.setattr(module, "library", lambda: None)
    elif library() is None:
        pytest.skip("no C compiler")


def compare(
    network: MobileNet, truth: Truth, monkeypatch: pytest.MonkeyPatch
) -> tuple[list[RoundingDifferences], Output]:
    """What differs layer by layer, and what comes of the last layer's true codes."""
    differences = [RoundingDifferences(layer.name) for layer in layers()]
    left = iter(zip(differences, truth.codes, strict=True))
    staircase = fused.staircase

    def replaced(sums: Tensor, gain: Tensor, offset: Tensor, *others: object) -> tuple[Tensor, Tensor]:
        found, loss = staircase(sums, gain, offset, *others)  # type: ignore[arg-type]
        of_layer, codes = next(left)
        levels = sums.double() * wide(gain) + wide(offset)
        of_layer.add_rounded(found.to(torch.int32), codes, levels)
        return codes.float().contiguous(memory_format=torch.channels_last), loss

    with monkeypatch.context() as patch, torch.no_grad():
        patch.setattr(fused, "staircase", replaced)
        output = fused.forward(network, truth.images)
    assert next(left, None) is None
    return differences, output


def wide(vector: Tensor) -> Tensor:
    return vector.double().reshape(1, -1, 1, 1)


@pytest.mark.usefixtures("implementation")
def test_every_layer_gives_the_engines_integers_but_where_float32_rounds(
    network: MobileNet, truth: Truth, monkeypatch: pytest.MonkeyPatch
) -> None:
    differences, output = compare(network, truth, monkeypatch)
    # 5,014,144 codes a photo.
    assert sum(one.values for one in differences) == PHOTOS * 5_014_144
    assert sum(one.faults for one in differences) == 0, [one for one in differences if one.faults]
    # Few: sums are exact, so that only gain and offset are rounded.
    assert sum(one.by_rounding for one in differences) < PHOTOS * 5_014_144 / 100_000

    *_, last = network.each_unit()
    pool_step = last.act_step() * 2**POOL_SHIFT / POOL_SIDE**2
    step = pool_step * network.classifier_scale / TOP_CLASSIFIER_WEIGHT
    assert_whole(output.pooled / pool_step, truth.pooled)
    assert_whole(output.logits / step, truth.logits)


def assert_whole(found: Tensor, expected: Tensor) -> None:
    """That numbers are these integers, but for how float32 rounds them."""
    torch.testing.assert_close(found.detach(), expected.float(), rtol=0, atol=0.01)


def test_a_layer_that_is_off_by_a_hundredth_of_a_step_shows(
    network: MobileNet, truth: Truth, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = network.units[8]
    assert isinstance(unit, Unit)
    bias = unit.norm.bias
    monkeypatch.setattr(bias, "data", bias.data + 0.01 * unit.act_step().detach())
    differences, _ = compare(network, truth.first(), monkeypatch)
    assert [one.name for one in differences if one.faults] == [unit.layer.name]


def test_sums_rounded_to_bfloat16_show(
    network: MobileNet, truth: Truth, monkeypatch: pytest.MonkeyPatch
) -> None:
    pointwise = fused.pointwise
    monkeypatch.setattr(fused, "pointwise", lambda x, weight: pointwise(x, weight).bfloat16().float())
    differences, _ = compare(network, truth.first(), monkeypatch)
    broken = {one.name for one in differences if one.faults}
    assert broken == {layer.name for layer in layers()[1:] if not layer.depthwise}
