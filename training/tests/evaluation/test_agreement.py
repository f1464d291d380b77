"""The shipped package, the file it was compiled from, and the Brevitas network read back from that file: one
network, on the app's photos.
"""

from __future__ import annotations

import hashlib
import json

import pytest
import torch
from torch import Tensor

from streamscope_training.data.batches import evaluation_batches
from streamscope_training.data.decode import EVALUATION_RULES
from streamscope_training.data.photo_set import open_photos
from streamscope_training.evaluation.agreement import NAMES, compare_networks
from streamscope_training.evaluation.differences import TIE
from streamscope_training.evaluation.engine import Engine
from streamscope_training.export.model_file import read_model_file
from streamscope_training.export.read_back import network_from_qonnx
from streamscope_training.network.mobilenet import MobileNet, Unit
from streamscope_training.paths import sample_photos, shipped_export, shipped_package


@pytest.fixture(scope="module")
def photos() -> list[Tensor]:
    found = open_photos([sample_photos()], cache=None, exclude=["thumbs"], rules=EVALUATION_RULES)
    return [image for batch in evaluation_batches(found, 4) for image in batch.images]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(shipped_package())


@pytest.fixture
def network() -> MobileNet:
    return network_from_qonnx(shipped_export())


def test_the_shipped_package_was_compiled_from_the_file_that_is_read_back() -> None:
    manifest = json.loads((shipped_package() / "manifest.json").read_text(encoding="utf-8"))
    assert hashlib.sha256(read_model_file(shipped_export())).hexdigest() == manifest["sourceSha256"]


def test_the_integer_network_is_the_brevitas_network_on_real_photos(
    photos: list[Tensor], engine: Engine, network: MobileNet
) -> None:
    found = compare_networks(network, engine, photos)

    assert found.photos == len(photos) == 12
    # 5,016,168 values a photo: 27 maps, 1024 pooled, 1000 logits.
    assert found.values == 12 * 5_016_168
    assert found.faults == 0, "\n".join(found.lines())
    # Rounding decides about a few values in a million: most where a channel's usual sum is on a boundary.
    assert found.by_rounding < found.values / 100_000
    assert found.furthest < TIE / 10
    *_, pool, logits = found.layerwise
    assert (pool.differing, logits.differing) == (0, 0)
    # End to end a few differences at first grow to many, and yet move the logits little.
    assert found.same_top1 >= 11
    assert found.lines()[1] == "None differs by more: the networks are the same."
    report = found.to_dict()
    assert [layer["name"] for layer in report["layerwise"]] == [
        layer["name"] for layer in report["end_to_end"]
    ]
    assert (report["faults"], report["by_rounding"]) == (0, found.by_rounding)


@torch.no_grad()
def test_a_fault_shows_in_the_layer_that_has_it_and_only_there(
    photos: list[Tensor], engine: Engine, network: MobileNet
) -> None:
    at = 8
    unit = network.units[at]
    assert isinstance(unit, Unit)
    # A hundredth of a step is far less than any threshold's error could be.
    unit.norm.bias += 0.01 * unit.act_step()
    network.classifier.bias[281] += 1
    found = compare_networks(network, engine, photos[:1])
    assert [layer.name for layer in found.layerwise if layer.faults] == [NAMES[at], "logits"]
    assert found.layerwise[-1].faults == 1
    assert found.lines()[1] == f"{found.faults} by more: these are different networks."


@torch.no_grad()
def test_a_single_weight_that_is_off_by_one_shows(
    photos: list[Tensor], engine: Engine, network: MobileNet
) -> None:
    unit = network.units[0]
    assert isinstance(unit, Unit)
    brightest = int(engine.integers(photos[0]).activations[0].sum((0, 2, 3)).argmax())
    weights = unit.conv.weight[brightest].reshape(-1)
    # The nearest to 0 stays in range.
    weights[weights.abs().argmin()] += unit.weight_step()[brightest]
    found = compare_networks(network, engine, photos[:1])
    assert [layer.name for layer in found.layerwise if layer.faults] == ["conv0"]
