"""The compiled package computes what the network does."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch
from streamscope_endpoint.emulator.network import Network
from streamscope_endpoint.emulator.package import Node
from torch import Tensor

from streamscope_training.data.decode import CROP, EVALUATION_RULES, centre, decode, square
from streamscope_training.export.integers import bias_codes, weight_codes
from streamscope_training.network.mobilenet import normalise
from streamscope_training.paths import labels_file, repository

from .conftest import DEAD, Exported

PHOTOS = ("bee.jpg", "tiger.jpg")


@pytest.fixture(scope="module")
def integer_network(exported: Exported) -> Network:
    return Network(exported.package)


def weighted(network: Network) -> list[Node]:
    """The nodes with weights: the 27 convolutions and the classifier."""
    return [node for node in network.package.nodes if "weights" in node.constants]


def test_the_compiler_finds_the_network_s_own_weights(exported: Exported, integer_network: Network) -> None:
    *convolutions, classifier = weighted(integer_network)
    for unit, node in zip(exported.network.each_unit(), convolutions, strict=True):
        codes, _ = weight_codes(unit.conv)
        gain, _ = unit.affine()
        # Thresholds count upwards, so a negative gain turns the weights' signs.
        turned = codes * torch.where(gain < 0, -1, 1).reshape(-1, 1, 1, 1)
        # FINN's order: channels last.
        expected = turned.permute(0, 2, 3, 1).flatten(1)
        found = node.constants["weights"].reshape(unit.layer.outputs, -1)
        np.testing.assert_array_equal(found, expected.detach().numpy())
    codes, _ = weight_codes(exported.network.classifier)
    np.testing.assert_array_equal(classifier.constants["weights"], codes.numpy())


def test_the_compiler_finds_the_network_s_own_bias(exported: Exported, integer_network: Network) -> None:
    (add,) = [node for node in integer_network.package.nodes if node.kind == "ChannelwiseOp"]
    np.testing.assert_array_equal(add.constants["parameters"].reshape(-1), bias_codes(exported.network))


def photo(name: str) -> np.ndarray:
    """What of a sample photo goes into the network: (224, 224, 3) bytes."""
    file = repository() / "public" / "samples" / name
    return np.ascontiguousarray(centre(square(decode(str(file), EVALUATION_RULES)), CROP))


def channels_first(values: np.ndarray) -> Tensor:
    """(..., H, W, C) -> (1, C, H, W) in float32."""
    return torch.from_numpy(values.reshape(values.shape[-3:]).astype(np.float32)).permute(2, 0, 1)[None]


@pytest.mark.parametrize("name", PHOTOS)
@torch.no_grad()
def test_every_layer_gives_brevitas_s_integers_but_where_float32_rounds(
    exported: Exported, integer_network: Network, name: str
) -> None:
    """Each layer of the Brevitas network is given the integer network's input, so that no difference is
    the echo of an earlier one.
    """
    image = photo(name)
    outputs: list[tuple[Node, np.ndarray]] = []
    integer_network.run(image, lambda node, values: outputs.append((node, values)))
    activations = [values for node, values in outputs if node.kind in ("MVAU", "VVAU") and node.activation]

    x = normalise(channels_first(image))
    values, differing = 0, 0
    for unit, integers in zip(exported.network.each_unit(), activations, strict=True):
        step = unit.act_step().reshape(1, -1, 1, 1)
        codes = channels_first(integers)
        scaled = unit.norm(unit.conv(x)) / step
        distance = unit.act(scaled * step).int(float_datatype=True) - codes
        where = distance != 0
        assert distance.abs().max() <= 1
        # Half way between two integers, as near as float32 knows.
        assert (((scaled[where] % 1) - 0.5).abs() < 1e-3).all()
        assert codes.std() > 1, f"{unit.layer.name} is hardly alive, so this says little"
        values += codes.numel()
        differing += int(where.sum())
        x = codes * step
    assert values == sum(integers.size for integers in activations) > 4_000_000
    assert differing <= 100

    *_, last = exported.network.each_unit()
    pooled = exported.network.pool(last.act(x))
    (pool,) = [values for node, values in outputs if node.kind == "Pool"]
    np.testing.assert_array_equal(pooled.int().flatten().numpy(), pool.reshape(-1))

    (sums,) = [values for node, values in outputs if node.kind == "ChannelwiseOp"]
    _, scale = weight_codes(exported.network.classifier)
    logits = exported.network.classifier(pooled.flatten(1)) / (pooled.scale * scale)
    np.testing.assert_allclose(logits.flatten().numpy(), sums.reshape(-1), atol=0.05)


def test_a_dead_channel_is_named(exported: Exported) -> None:
    layer, channel = DEAD
    assert f"Dead channels of {layer}, the same for every picture: {channel}." in exported.said


def test_what_was_exported_is_said(exported: Exported) -> None:
    assert f"Exporting {exported.checkpoint}." in exported.said
    assert f"Wrote {exported.model}: {exported.model.stat().st_size:,} bytes." in exported.said
    assert exported.said.endswith(f"Wrote the package {exported.package}.\n")


def test_the_package_has_the_classes_names(exported: Exported) -> None:
    manifest = json.loads((exported.package / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["name"] == "mobilenetv1-w4a4"
    assert manifest["labels"] == labels_file().read_text(encoding="utf-8").splitlines()
