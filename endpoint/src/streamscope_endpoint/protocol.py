"""The Open Inference Protocol v2: metadata, and the JSON part of inference requests and answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import chain
from typing import Any, NoReturn

import numpy as np

from . import __version__
from .arrays import Array
from .backends.base import BackendInfo
from .batching import Answer
from .binary import BinaryTensors, to_little_endian
from .errors import RequestError, shown

#: FINN's names of a dataflow accelerator's ends.
INPUT = "global_in"
OUTPUT = "global_out"
MODEL_VERSION = "1"
EXTENSIONS = ("binary_tensor_data",)
HEADER_LENGTH = "Inference-Header-Content-Length"

_NO_PIXELS = f'The data of input "{INPUT}" must be whole numbers from 0 to 255.'


@dataclass(frozen=True)
class InferRequest:
    """A checked request."""

    #: uint8 ``[n, height, width, channels]``, C-contiguous, n >= 1.
    images: Array
    id: str | None
    #: Is the output wanted as bytes after the JSON?
    binary_output: bool


def server_metadata(info: BackendInfo) -> dict[str, Any]:
    kind = "" if info.hardware else " (emulator, no hardware)"
    return {"name": f"streamscope-endpoint{kind}", "version": __version__, "extensions": list(EXTENSIONS)}


def model_metadata(info: BackendInfo, max_batch: int) -> dict[str, Any]:
    return {
        "name": info.model_name,
        "versions": [MODEL_VERSION],
        "platform": info.platform,
        "inputs": [{"name": INPUT, "datatype": "UINT8", "shape": [-1, *info.image_shape]}],
        "outputs": [{"name": OUTPUT, "datatype": "UINT16", "shape": [-1, info.k]}],
        "parameters": {"max_batch_size": max_batch, **_provenance(info)},
    }


def read_request(body: memoryview, json_bytes: int | None, info: BackendInfo, max_batch: int) -> InferRequest:
    """Checks a request. ``json_bytes`` is the header ``Inference-Header-Content-Length``: how much
    of the body is JSON, None if all of it is, 0 if it is nothing but one tensor's bytes. Images that
    came as bytes share the body's memory. Raises RequestError 400.
    """
    if json_bytes == 0:
        return InferRequest(_raw_images(body, info, max_batch), None, True)
    tail = BinaryTensors(body[len(body) if json_bytes is None else json_bytes :])
    request = _object(_read_json(bytes(body[:json_bytes])), "The request")
    parameters = _parameters(request, "The request")
    tensors = _named(request.get("inputs"), "inputs", INPUT)
    if len(tensors) != 1:
        _refuse(f'The request needs "inputs" with one tensor, "{INPUT}".')
    images = _read_images(tensors[0], tail, info, max_batch)
    tail.check_used()
    identifier = request.get("id")
    if identifier is not None and not isinstance(identifier, str):
        _refuse('"id" must be a string.')
    binary = _flag(parameters, "binary_data_output")
    for output in _named(_given(request, "outputs", []), "outputs", OUTPUT):
        wishes = _parameters(output, f'Output "{OUTPUT}"')
        if "classification" in wishes:
            _refuse("The classification extension is not supported: the output is class indices already.")
        binary = _flag(wishes, "binary_data", binary)
    return InferRequest(images, identifier, binary)


def write_answer(answer: Answer, request: InferRequest, info: BackendInfo) -> tuple[bytes, int | None]:
    """The body of an answer, and how much of it is JSON if not all is."""
    output: dict[str, Any] = {"name": OUTPUT, "datatype": "UINT16", "shape": list(answer.top.shape)}
    tail = b""
    if request.binary_output:
        tail = to_little_endian(answer.top)
        output["parameters"] = {"binary_data_size": len(tail)}
    else:
        output["data"] = answer.top.reshape(-1).tolist()
    response = {
        "model_name": info.model_name,
        "model_version": MODEL_VERSION,
        "parameters": {
            "queue_ms": round(answer.queue_ms, 3),
            "device_ms": round(answer.device_ms, 3),
            "batch_size": answer.batch_size,
            **_provenance(info),
        },
        "outputs": [output],
    }
    if request.id is not None:
        response["id"] = request.id
    head = json.dumps(response, separators=(",", ":")).encode()
    return head + tail, len(head) if request.binary_output else None


def _provenance(info: BackendInfo) -> dict[str, Any]:
    return {"backend": info.name, "hardware": info.hardware, "model_checksum": info.model_checksum}


def _read_json(text: bytes) -> Any:
    try:
        return json.loads(text, parse_constant=_no_such_number)
    except RecursionError:
        _refuse("The JSON is nested too deeply.")
    # Bytes that are no UTF-8, text that is no JSON, and numbers too long to read are ValueErrors.
    except ValueError as error:
        _refuse(f"The request is not JSON: {error}.")


def _no_such_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _read_images(tensor: dict[str, Any], tail: BinaryTensors, info: BackendInfo, max_batch: int) -> Array:
    if tensor.get("datatype") != "UINT8":
        _refuse(f'Input "{INPUT}" must have datatype UINT8.')
    shape = tensor.get("shape")
    if not isinstance(shape, list) or any(type(size) is not int for size in shape):
        _refuse(f'Input "{INPUT}" needs a shape of whole numbers.')
    if tuple(shape[1:]) != info.image_shape or shape[0] < 1:
        wanted = ", ".join(map(str, info.image_shape))
        _refuse(
            f'Input "{INPUT}" must have shape [n, {wanted}] with n of at least 1, but has {shown(shape)}.'
        )
    _check_batch(shape[0], max_batch)
    size = _parameters(tensor, f'Input "{INPUT}"').get("binary_data_size")
    if size is None:
        if "data" not in tensor:
            _refuse(f'Input "{INPUT}" has no data.')
        return _json_images(tensor["data"], tuple(shape))
    if "data" in tensor:
        _refuse(f'Input "{INPUT}" has both data and binary_data_size.')
    return np.frombuffer(tail.take(size, int(np.prod(shape)), INPUT), np.uint8).reshape(shape)


def _json_images(data: Any, shape: tuple[int, ...]) -> Array:
    """``data`` is flat or nested as ``shape``, both row by row. NumPy never sees it: a single long
    string would make it take that much memory for every pixel.
    """
    if not isinstance(data, list):
        _refuse(f'The data of input "{INPUT}" must be a list.')
    values = _flattened(data, shape) if data and type(data[0]) is list else data
    if values is None or len(values) != int(np.prod(shape)):
        _refuse(
            f'The data of input "{INPUT}" must be flat or nested by its shape; {list(shape)} is stated, '
            "which it does not fit."
        )
    # Not isinstance: to that, true is a whole number.
    if set(map(type, values)) != {int}:
        _refuse(_NO_PIXELS)
    try:
        return np.frombuffer(bytes(values), np.uint8).reshape(shape)
    except ValueError:
        _refuse(_NO_PIXELS)


def _flattened(rows: list[Any], shape: tuple[int, ...]) -> list[Any] | None:
    """The values of lists nested as ``shape``; None if they are not."""
    if len(rows) != shape[0]:
        return None
    for size in shape[1:]:
        if set(map(type, rows)) != {list} or set(map(len, rows)) != {size}:
            return None
        rows = list(chain.from_iterable(rows))
    return rows


def _raw_images(body: memoryview, info: BackendInfo, max_batch: int) -> Array:
    """The raw binary request: the body is the input tensor; its length gives the batch."""
    count, rest = divmod(len(body), int(np.prod(info.image_shape)))
    if rest or not count:
        _refuse(
            f"A raw request is whole images of {int(np.prod(info.image_shape))} bytes, but has {len(body)}."
        )
    _check_batch(count, max_batch)
    return np.frombuffer(body, np.uint8).reshape(count, *info.image_shape)


def _check_batch(count: int, max_batch: int) -> None:
    if count > max_batch:
        _refuse(f"The request has {shown(count)} images; this endpoint takes at most {max_batch} at a time.")


def _named(entries: Any, what: str, name: str) -> list[dict[str, Any]]:
    """A list of tensors, all of which must be the one of that name, at most once."""
    if not isinstance(entries, list):
        _refuse(f'"{what}" must be a list.')
    tensors = [_object(entry, f'An entry of "{what}"') for entry in entries]
    for tensor in tensors:
        if tensor.get("name") != name:
            _refuse(f'There is no tensor of this name in "{what}"; the model has "{name}".')
    if len(tensors) > 1:
        _refuse(f'"{name}" occurs more than once in "{what}".')
    return tensors


def _parameters(owner: dict[str, Any], what: str) -> dict[str, Any]:
    return _object(_given(owner, "parameters", {}), f"{what}'s parameters")


def _given(owner: dict[str, Any], name: str, otherwise: Any) -> Any:
    """A field that may be left out: null is as good as that."""
    value = owner.get(name)
    return otherwise if value is None else value


def _flag(parameters: dict[str, Any], name: str, otherwise: bool = False) -> bool:
    value = parameters.get(name, otherwise)
    if not isinstance(value, bool):
        _refuse(f'"{name}" must be true or false.')
    return value


def _object(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        _refuse(f"{what} must be a JSON object.")
    return value


def _refuse(sentence: str) -> NoReturn:
    raise RequestError(400, sentence)
