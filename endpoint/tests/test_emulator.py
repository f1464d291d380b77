from __future__ import annotations

import zlib
from typing import Any

import numpy as np
import pytest
from support.images import SAMPLE_TOPS, VECTORS, sample_image, synthetic_image

from streamscope_endpoint.arrays import Array
from streamscope_endpoint.backends.emulator import EmulatorBackend, shipped_model
from streamscope_endpoint.emulator.network import Network
from streamscope_endpoint.emulator.package import Node
from streamscope_endpoint.settings import Settings


@pytest.fixture(scope="module")
def network() -> Network:
    return Network(shipped_model())


@pytest.mark.parametrize("name", VECTORS)
def test_every_layer_the_logits_and_the_classes_are_those_of_the_vectors(network: Network, name: str) -> None:
    image = synthetic_image(name)
    activations: list[dict[str, Any]] = []
    logits: Array = np.zeros(0)

    def tap(node: Node, values: Array) -> None:
        nonlocal logits
        if node.activation or node.kind == "Pool":
            checksum = zlib.crc32(values.astype(np.uint8).tobytes())
            entry = {"shape": list(values.shape), "sum": int(values.sum()), "crc32_nhwc_uint8": checksum}
            activations.append(entry)
        if node.kind == "ChannelwiseOp":
            logits = values.reshape(-1).astype("<i4")

    top = network.run(image, tap)

    assert {
        "input_crc32": zlib.crc32(image.tobytes()),
        "top5": top.tolist(),
        "top5_logits": logits[top].tolist(),
        "activations": activations,
        "logits_crc32_int32le": zlib.crc32(logits.tobytes()),
    } == VECTORS[name]


@pytest.mark.parametrize("photo", SAMPLE_TOPS)
def test_a_sample_photo_has_the_classes_and_logits_that_the_app_shows(network: Network, photo: str) -> None:
    image = sample_image(photo)
    assert zlib.crc32(image.tobytes()) == SAMPLE_TOPS[photo]["input_crc32"]
    logits: Array = np.zeros(0)

    def tap(node: Node, values: Array) -> None:
        nonlocal logits
        if node.kind == "ChannelwiseOp":
            logits = values.reshape(-1)

    top = network.run(image, tap)
    found = [{"index": int(index), "logit": int(logits[index])} for index in top]
    assert found == [{key: each[key] for key in ("index", "logit")} for each in SAMPLE_TOPS[photo]["top5"]]


def test_a_batch_gives_each_image_its_own_classes() -> None:
    names = ["lcg1", "waves", "lcg1", "zeros"]
    backend = EmulatorBackend(Settings())
    top = backend.run(np.stack([synthetic_image(name) for name in names]))
    assert top.dtype == np.uint16
    assert top.tolist() == [VECTORS[name]["top5"] for name in names]


def test_it_says_that_it_is_no_hardware(network: Network) -> None:
    info = EmulatorBackend(Settings()).info
    assert not info.hardware
    assert "no hardware" in info.platform
    assert info.model_checksum == network.package.checksum
    assert (info.image_shape, info.k) == ((224, 224, 3), 5)
