from __future__ import annotations

import json
import re
import tracemalloc
from typing import Any, Callable

import numpy as np
import pytest
from starlette.testclient import TestClient
from support.requests import INFER, binary_request, json_request, tensor
from support.stub import IMAGE_BYTES, StubBackend, answer, image

from streamscope_endpoint import __version__
from streamscope_endpoint.errors import RequestError
from streamscope_endpoint.protocol import HEADER_LENGTH, read_request

Client = Callable[..., TestClient]

ONE = image(0x0504030201)[np.newaxis]
TWO = np.stack([image(7), image(0xFFFF)])


def test_health_and_metadata(client: Client) -> None:
    get = client(max_batch=4).get
    assert get("/v2/health/live").json() == {"live": True}
    assert get("/v2/health/ready").json() == {"ready": True}
    metadata = {
        "name": "streamscope-endpoint (emulator, no hardware)",
        "version": __version__,
        "extensions": ["binary_tensor_data"],
    }
    assert get("/v2").json() == get("/v2/").json() == metadata
    model = get("/v2/models/stub-model")
    assert model.json() == {
        "name": "stub-model",
        "versions": ["1"],
        "platform": "stub",
        "inputs": [{"name": "global_in", "datatype": "UINT8", "shape": [-1, 2, 2, 3]}],
        "outputs": [{"name": "global_out", "datatype": "UINT16", "shape": [-1, 5]}],
        "parameters": {
            "max_batch_size": 4,
            "backend": "stub",
            "hardware": False,
            "model_checksum": "0" * 64,
        },
    }
    assert get("/v2/models/stub-model/versions/1").json() == model.json()
    for path in ("/v2/models/stub-model/ready", "/v2/models/stub-model/versions/1/ready"):
        assert get(path).json() == {"name": "stub-model", "ready": True}


def test_json_in_and_out_flat_and_nested(client: Client) -> None:
    post = client().post
    flat = post(INFER, json=json_request(TWO, id="forty-two")).json()
    assert flat["outputs"] == [
        {
            "name": "global_out",
            "datatype": "UINT16",
            "shape": [2, 5],
            "data": answer(TWO).reshape(-1).tolist(),
        }
    ]
    assert (flat["id"], flat["model_name"], flat["model_version"]) == ("forty-two", "stub-model", "1")
    nested = post(f"{INFER}", json={"inputs": [tensor(TWO, data=TWO.tolist())]}).json()
    assert nested["outputs"] == flat["outputs"]
    assert "id" not in nested


def test_the_answer_says_where_it_comes_from_and_how_long_it_took(client: Client) -> None:
    parameters = client().post(INFER, json=json_request(ONE)).json()["parameters"]
    times = [parameters.pop(name) for name in ("queue_ms", "device_ms")]
    assert all(time >= 0 for time in times)
    assert parameters == {
        "batch_size": 1,
        "backend": "stub",
        "hardware": False,
        "model_checksum": "0" * 64,
    }


def test_bytes_in_json_out(client: Client) -> None:
    body, headers = binary_request(TWO)
    response = client().post(f"{INFER}", content=body, headers=headers)
    assert response.headers["content-type"] == "application/json"
    assert response.json()["outputs"][0]["data"] == answer(TWO).reshape(-1).tolist()


@pytest.mark.parametrize(
    "wish",
    [
        {"parameters": {"binary_data_output": True}},
        {"outputs": [{"name": "global_out", "parameters": {"binary_data": True}}]},
        {
            "parameters": {"binary_data_output": False},
            "outputs": [{"name": "global_out", "parameters": {"binary_data": True}}],
        },
    ],
)
def test_bytes_out(client: Client, wish: dict[str, Any]) -> None:
    response = client().post(INFER, json=json_request(TWO, **wish))
    check_binary(response, TWO)


def test_bytes_out_can_be_declined_for_the_output(client: Client) -> None:
    outputs = [{"name": "global_out", "parameters": {"binary_data": False}}]
    wish = {"parameters": {"binary_data_output": True}, "outputs": outputs}
    response = client().post(INFER, json=json_request(ONE, **wish))
    assert response.json()["outputs"][0]["data"] == [1, 2, 3, 4, 5]


def test_a_raw_request_is_nothing_but_the_tensor(client: Client) -> None:
    response = client().post(INFER, content=TWO.tobytes(), headers={HEADER_LENGTH: "0"})
    check_binary(response, TWO)


def check_binary(response: Any, images: Any) -> None:
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/octet-stream"
    length = int(response.headers[HEADER_LENGTH])
    head, tail = json.loads(response.content[:length]), response.content[length:]
    assert head["outputs"] == [
        {
            "name": "global_out",
            "datatype": "UINT16",
            "shape": [len(images), 5],
            "parameters": {"binary_data_size": 10 * len(images)},
        }
    ]
    assert tail == answer(images).astype("<u2").tobytes()


@pytest.mark.parametrize(
    "path",
    [
        "/v2/models/other",
        "/v2/models/other/ready",
        "/v2/models/stub-model/versions/2",
        "/v2/models/stub-model/versions/2/ready",
        "/v2/nowhere",
        "/",
    ],
)
def test_what_is_not_there(client: Client, path: str) -> None:
    response = client().get(path)
    assert response.status_code == 404
    assert list(response.json()) == ["error"]


def test_inference_of_another_model_or_by_another_method(client: Client) -> None:
    here = client()
    for path in ("/v2/models/other/infer", "/v2/models/stub-model/versions/7/infer"):
        assert here.post(path, json=json_request(ONE)).status_code == 404
    assert here.get(INFER).status_code == 405
    assert "does not take GET" in here.get(INFER).json()["error"]


NO_JSON = "is not JSON"
GARBAGE: list[tuple[bytes, str]] = [
    (b"", NO_JSON),
    (b"\x00\xff\xfe garbage", NO_JSON),
    (b"<html></html>", NO_JSON),
    (b'{"inputs": [', NO_JSON),
    (b'{"inputs": [NaN]}', "NaN is no number"),
    (b'{"inputs": [-Infinity]}', "-Infinity is no number"),
    (b'{"inputs": ' + b"9" * 100_000 + b"}", NO_JSON),
    (b"[" * 200_000, "nested too deeply"),
    (b'{"a":' * 100_000, "nested too deeply"),
    (b"[]", "must be a JSON object"),
    (b"7", "must be a JSON object"),
    (b"{}", '"inputs" must be a list'),
    (b'{"inputs": []}', 'needs "inputs" with one tensor'),
    (b'{"inputs": {}}', '"inputs" must be a list'),
    (b'{"inputs": [7]}', "must be a JSON object"),
    (b'{"inputs": [{}]}', "no tensor of this name"),
]


@pytest.mark.parametrize(("body", "sentence"), GARBAGE, ids=range(len(GARBAGE)))
def test_garbage(client: Client, stub: StubBackend, body: bytes, sentence: str) -> None:
    refused(client().post(INFER, content=body), sentence)
    assert stub.batches == []


WRONG_TENSORS: list[tuple[dict[str, Any], str]] = [
    ({"name": "input"}, "no tensor of this name"),
    ({"datatype": "FP32"}, "must have datatype UINT8"),
    ({"datatype": None}, "must have datatype UINT8"),
    ({"shape": None}, "needs a shape"),
    ({"shape": "1x2x2x3"}, "needs a shape"),
    ({"shape": [1, 2, 2, 3.0]}, "needs a shape"),
    ({"shape": [True, 2, 2, 3]}, "needs a shape"),
    ({"shape": []}, "must have shape"),
    ({"shape": [2, 2, 3]}, "must have shape"),
    ({"shape": [1, 3, 2, 2]}, "must have shape"),
    ({"shape": [0, 2, 2, 3], "data": []}, "must have shape"),
    ({"shape": [-1, 2, 2, 3]}, "must have shape"),
    ({"shape": [2, 2, 2, 3]}, "is stated"),
    ({"shape": [5, 2, 2, 3]}, "at most 4 at a time"),
    ({"shape": [10**4000, 2, 2, 3]}, "at most 4 at a time"),
    ({"shape": [10**30, 2, 2, 3]}, "has more than a billion images"),
    ({"shape": [-(10**30), 2, 2, 3]}, r"has \[-1000000000000000000000000000000, 2, 2, 3\]"),
    ({"shape": list(range(100_000))}, "must have shape"),
    ({"data": None}, "has no data"),
    ({"data": "AAAA"}, "must be a list"),
    ({"data": [0] * 11}, "is stated"),
    ({"data": [0] * 13}, "is stated"),
    ({"data": [[0] * 6, [0] * 6]}, "is stated"),
    ({"data": [0] * 11 + [256]}, "from 0 to 255"),
    ({"data": [0] * 11 + [-1]}, "from 0 to 255"),
    ({"data": [0] * 11 + [1.5]}, "from 0 to 255"),
    ({"data": [0] * 11 + [1e999]}, "Infinity is no number"),
    ({"data": [0] * 11 + [10**30]}, "whole numbers"),
    ({"data": [0] * 11 + ["7"]}, "from 0 to 255"),
    ({"data": [0] * 11 + [None]}, "whole numbers"),
    ({"data": [True] * 12}, "from 0 to 255"),
    ({"data": [True] + [1] * 11}, "from 0 to 255"),
    ({"data": []}, "is stated"),
    ({"data": [[[[0, 0, 0], [0, 0, 0]], [[0, 0, 0], [0, 0]]]]}, "is stated"),
    ({"data": [[[[0, 0, 0], [0, 0, 0]], [[0, 0, 0], 7]]]}, "is stated"),
    ({"data": [[[[0, 0, 0], [0, 0, 0]], [[0, 0, 0], [0, 0, [0]]]]]}, "whole numbers"),
    ({"data": [[[[0, 0, 0], [0, 0, 0]], [[0, 0, 0], [0, 0, True]]]]}, "from 0 to 255"),
    ({"data": [0] * 11 + [[0]]}, "whole numbers"),
    ({"data": [[]] * 12}, "is stated"),
    ({"parameters": 7}, "must be a JSON object"),
    ({"parameters": {"binary_data_size": IMAGE_BYTES}}, "both data and binary_data_size"),
    ({"data": None, "parameters": {"binary_data_size": IMAGE_BYTES}}, "too few for the tensors"),
]


@pytest.mark.parametrize(("changes", "sentence"), WRONG_TENSORS, ids=range(len(WRONG_TENSORS)))
def test_wrong_tensors(client: Client, stub: StubBackend, changes: dict[str, Any], sentence: str) -> None:
    body = json.dumps({"inputs": [tensor(ONE, **changes)]})
    refused(client(max_batch=4).post(INFER, content=body), sentence)
    assert stub.batches == []


def test_a_long_string_among_pixels_takes_no_memory_for_the_others(stub: StubBackend) -> None:
    text = "x" * 1_000_000
    body = memoryview(json.dumps({"inputs": [tensor(ONE, data=[0] * 11 + [text])]}).encode())
    tracemalloc.start()
    try:
        with pytest.raises(RequestError, match="from 0 to 255"):
            read_request(body, None, stub.info, 4)
        # The JSON's bytes, their text and the string; as an array of strings it would be 48 MB.
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


def test_json_that_memory_does_not_hold(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_memory(*_: Any, **__: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(json, "loads", no_memory)
    response = client().post(INFER, content=b"{}")
    monkeypatch.undo()
    assert response.status_code == 413
    assert "binary tensor data" in response.json()["error"]


@pytest.mark.parametrize("raw", [False, True])
def test_images_that_come_as_bytes_are_not_copied(stub: StubBackend, raw: bool) -> None:
    content, headers = (TWO.tobytes(), {HEADER_LENGTH: "0"}) if raw else binary_request(TWO)
    body = memoryview(content)
    images = read_request(body, int(headers[HEADER_LENGTH]), stub.info, 4).images
    assert np.array_equal(images, TWO)
    assert np.shares_memory(images, np.frombuffer(body, np.uint8))


def test_null_is_as_good_as_absent(client: Client) -> None:
    request = {
        "id": None,
        "parameters": None,
        "inputs": [{**tensor(ONE), "parameters": None}],
        "outputs": None,
    }
    post = client().post
    for outputs in (None, [{"name": "global_out", "parameters": None}]):
        response = post(INFER, json={**request, "outputs": outputs})
        assert response.json()["outputs"][0]["data"] == [1, 2, 3, 4, 5], response.text


def test_a_number_too_large_for_a_double_is_no_pixel(client: Client) -> None:
    body = json.dumps(json_request(ONE)).replace('"data": [1', '"data": [1e999')
    refused(client().post(INFER, content=body), "from 0 to 255")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"inputs": [tensor(ONE), tensor(ONE)]}, "more than once"),
        ({"id": 42}, '"id" must be a string'),
        ({"parameters": []}, "must be a JSON object"),
        ({"parameters": {"binary_data_output": 1}}, "must be true or false"),
        ({"outputs": {}}, '"outputs" must be a list'),
        ({"outputs": [{"name": "logits"}]}, "no tensor of this name"),
        ({"outputs": [{"name": "global_out"}] * 2}, "more than once"),
        ({"outputs": [{"name": "global_out", "parameters": {"binary_data": "yes"}}]}, "true or false"),
        ({"outputs": [{"name": "global_out", "parameters": {"classification": 5}}]}, "not supported"),
    ],
)
def test_wrong_requests(client: Client, changes: dict[str, Any], sentence: str) -> None:
    refused(client().post(INFER, json=json_request(ONE, **changes)), sentence)


@pytest.mark.parametrize(
    ("length", "cut", "sentence"),
    [
        ("-1", None, "one whole number"),
        ("1e2", None, "one whole number"),
        ("", None, "one whole number"),
        ("9" * 5000, None, "one whole number"),
        ("9999", None, "but the body has"),
        ("1", None, NO_JSON),
        (None, -1, "too few for the tensors"),
    ],
)
def test_wrong_lengths_of_the_binary_header(
    client: Client, length: str | None, cut: int | None, sentence: str
) -> None:
    body, headers = binary_request(ONE)
    headers[HEADER_LENGTH] = headers[HEADER_LENGTH] if length is None else length
    refused(client().post(INFER, content=body[:cut], headers=headers), sentence)


def test_bytes_that_no_tensor_takes(client: Client) -> None:
    body, headers = binary_request(ONE)
    refused(client().post(INFER, content=body + b"x", headers=headers), "take only 12")


@pytest.mark.parametrize(
    ("size", "words"), [(10**30, "more than a billion"), (-(10**4000), "less than minus a billion")]
)
def test_a_number_of_many_digits_is_not_shown_as_a_smaller_one(client: Client, size: int, words: str) -> None:
    entry = tensor(ONE, data=None, parameters={"binary_data_size": size})
    refused(client().post(INFER, json={"inputs": [entry]}), f"binary_data_size is {words}")


@pytest.mark.parametrize("size", [11, 13, -12, 12.0, "12", True, None, [12]])
def test_wrong_sizes_of_binary_data(client: Client, size: Any) -> None:
    entry = tensor(ONE, data=None, parameters={"binary_data_size": size})
    head = json.dumps({"inputs": [entry]}).encode()
    response = client().post(INFER, content=head + bytes(12), headers={HEADER_LENGTH: str(len(head))})
    refused(response, "binary_data_size is|has no data")


def test_the_header_twice(client: Client) -> None:
    body, headers = binary_request(ONE)
    twice = [*headers.items(), *headers.items()]
    refused(client().post(INFER, content=body, headers=twice), "one whole number")


@pytest.mark.parametrize(("size", "sentence"), [(0, "whole images"), (13, "whole images"), (60, "at most 4")])
def test_raw_requests_of_a_wrong_length(client: Client, size: int, sentence: str) -> None:
    response = client(max_batch=4).post(INFER, content=bytes(size), headers={HEADER_LENGTH: "0"})
    refused(response, sentence)


def test_a_compressed_body_is_refused(client: Client) -> None:
    response = client().post(INFER, content=b"x", headers={"Content-Encoding": "gzip"})
    assert response.status_code == 415


def test_after_all_that_the_next_request_is_answered(client: Client) -> None:
    here = client()
    for body, _ in GARBAGE:
        assert here.post(INFER, content=body).status_code == 400
    assert here.post(INFER, json=json_request(ONE)).json()["outputs"][0]["data"] == [1, 2, 3, 4, 5]


def refused(response: Any, sentence: str) -> None:
    assert response.status_code == 400, response.text
    assert list(response.json()) == ["error"]
    error = response.json()["error"]
    assert re.search(sentence, error), error
    # A client's nonsense is not thrown back at it whole.
    assert len(error) < 400
