"""A public v2 client, NVIDIA's tritonclient, against the real command and the shipped model."""

from __future__ import annotations

from typing import Iterator

import numpy as np
import pytest
import tritonclient.http as triton
from support.images import labelled_images
from tritonclient.utils import InferenceServerException

from streamscope_endpoint.backends.emulator import shipped_model
from streamscope_endpoint.emulator.network import Network

MODEL = "mobilenetv1-w4a4"


@pytest.fixture
def client(emulator_url: str) -> Iterator[triton.InferenceServerClient]:
    client = triton.InferenceServerClient(emulator_url.replace("http://", ""))
    yield client
    client.close()


def test_it_finds_a_server_that_is_ready_with_the_model(client: triton.InferenceServerClient) -> None:
    assert client.is_server_live()
    assert client.is_server_ready()
    assert client.is_model_ready(MODEL)
    assert client.is_model_ready(MODEL, "1")
    assert "binary_tensor_data" in client.get_server_metadata()["extensions"]
    metadata = client.get_model_metadata(MODEL)
    assert metadata["inputs"] == [{"name": "global_in", "datatype": "UINT8", "shape": [-1, 224, 224, 3]}]
    assert metadata["outputs"] == [{"name": "global_out", "datatype": "UINT16", "shape": [-1, 5]}]
    assert metadata["parameters"]["model_checksum"] == Network(shipped_model()).package.checksum


@pytest.mark.parametrize("binary_in", [True, False], ids=["bytes in", "json in"])
@pytest.mark.parametrize("binary_out", [True, False, None], ids=["bytes out", "json out", "default out"])
def test_it_gets_the_networks_answers_in_every_form(
    client: triton.InferenceServerClient, binary_in: bool, binary_out: bool | None
) -> None:
    images, expected = labelled_images()
    given = triton.InferInput("global_in", list(images.shape), "UINT8")
    given.set_data_from_numpy(images, binary_data=binary_in)
    wanted = (
        None if binary_out is None else [triton.InferRequestedOutput("global_out", binary_data=binary_out)]
    )
    result = client.infer(MODEL, [given], outputs=wanted, request_id="7")
    top = result.as_numpy("global_out")
    assert (top.dtype, top.tolist()) == (np.dtype(np.uint16), expected)
    response = result.get_response()
    assert response["id"] == "7"
    assert response["parameters"]["hardware"] is False
    assert response["parameters"]["batch_size"] == len(images)


def test_it_is_told_what_is_wrong(client: triton.InferenceServerClient) -> None:
    given = triton.InferInput("global_in", [1, 3, 224, 224], "UINT8")
    given.set_data_from_numpy(np.zeros((1, 3, 224, 224), np.uint8))
    with pytest.raises(InferenceServerException, match="must have shape") as refused:
        client.infer(MODEL, [given])
    assert refused.value.status() == "400"
    with pytest.raises(InferenceServerException, match="no model"):
        client.get_model_metadata("resnet50")
