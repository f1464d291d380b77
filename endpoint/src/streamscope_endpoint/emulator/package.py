"""Reads a Streamscope model package: ``manifest.json`` and the binary that it names."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..arrays import Array
from ..errors import SetupError
from .datatypes import DataType, data_type, packed_bytes, unpack

FORMAT = "streamscope-package"
VERSION = 1


@dataclass(frozen=True)
class Stream:
    """What flows between two nodes: NHWC with 1 in front, or ``(1, n)``."""

    shape: tuple[int, ...]
    datatype: DataType


@dataclass(frozen=True)
class Activation:
    """Thresholds ``[channels, steps]``, ascending a row, and the value below the first of them."""

    thresholds: Array
    act_val: int


@dataclass(frozen=True)
class Node:
    """One hardware layer. ``attributes`` has what the manifest says besides, by its names;
    ``constants`` the arrays (``weights``, ``parameters``)."""

    kind: str
    name: str
    input: Stream
    output: Stream
    attributes: dict[str, Any]
    constants: dict[str, Array]
    activation: Activation | None


@dataclass(frozen=True)
class ModelPackage:
    name: str
    #: Names the package: SHA-256 of the manifest, which holds that of the binary.
    checksum: str
    input: Stream
    nodes: tuple[Node, ...]


def read_package(folder: Path) -> ModelPackage:
    """Reads and checks a package: format, version, checksums of manifest and binary, the chain of
    streams, and that each constant fits its place. Raises SetupError.
    """
    try:
        text = (folder / "manifest.json").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(
            f"There is no readable model package in {folder}: {error}. "
            "Name a folder with manifest.json and weights.bin after --model."
        ) from error
    manifest = _read_manifest(text)
    try:
        constants = _read_binary(folder, manifest["binary"])
        nodes = tuple(_read_node(entry, constants) for entry in manifest["nodes"])
        package = ModelPackage(manifest["name"], manifest["checksum"], _stream(manifest["input"]), nodes)
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(f"its manifest is wrong ({error})") from error
    _check_chain(package)
    return package


def _read_manifest(text: str) -> dict[str, Any]:
    try:
        manifest = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _damaged("its manifest is not complete JSON") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise SetupError("manifest.json is not that of a Streamscope model package.")
    if manifest.get("version") != VERSION:
        raise SetupError(
            f"The model package has version {manifest.get('version')}; this endpoint reads version "
            f"{VERSION}. Compile the model again."
        )
    # The checksum is over the text without itself, as JavaScript's JSON.stringify writes it.
    body = {key: value for key, value in manifest.items() if key != "checksum"}
    plain = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
    if hashlib.sha256(plain.encode()).hexdigest() != manifest.get("checksum"):
        raise _damaged("its manifest was altered")
    return manifest


def _read_binary(folder: Path, binary: dict[str, Any]) -> bytes:
    name = str(binary["file"])
    if Path(name).name != name:
        raise _damaged(f'its binary is named "{name}", outside the folder')
    try:
        packed = (folder / name).read_bytes()
    except OSError as error:
        raise _damaged(f"its weights cannot be read: {error}") from error
    if len(packed) != binary["bytes"] or hashlib.sha256(packed).hexdigest() != binary["sha256"]:
        raise _damaged("its weights were cut short or altered")
    size = int(binary["unpackedBytes"])
    stream = zlib.decompressobj()
    try:
        # One byte of room more than stated shows a stream that holds too much.
        unpacked = stream.decompress(packed, size + 1)
    except zlib.error as error:
        raise _damaged("its weights cannot be unpacked") from error
    if len(unpacked) != size:
        raise _damaged("its weights unpack to another size than stated")
    return unpacked


def _read_node(entry: dict[str, Any], binary: bytes) -> Node:
    attributes = dict(entry)
    kind, name = attributes.pop("kind"), attributes.pop("name")
    streams = {side: _stream(attributes.pop(side)) for side in ("input", "output")}
    constants: dict[str, Array] = {
        key: _constant(attributes.pop(key), binary) for key in ("weights", "parameters") if key in attributes
    }
    steps = attributes.pop("activation", None)
    activation = steps and Activation(_constant(steps["thresholds"], binary), int(steps["actVal"]))
    return Node(kind, name, streams["input"], streams["output"], attributes, constants, activation)


def _stream(entry: dict[str, Any]) -> Stream:
    return Stream(tuple(int(size) for size in entry["shape"]), data_type(entry["datatype"]))


def _constant(entry: dict[str, Any], binary: bytes) -> Array:
    datatype = data_type(entry["datatype"])
    shape = tuple(int(size) for size in entry["shape"])
    length = 1
    for size in shape:
        length *= size
    offset, size = int(entry["offset"]), int(entry["bytes"])
    if offset < 0 or size != packed_bytes(datatype, length) or offset + size > len(binary):
        raise _damaged(f"a constant of {size} bytes at {offset} does not fit its shape or the weights")
    return unpack(binary[offset : offset + size], datatype, shape)


def _check_chain(package: ModelPackage) -> None:
    problems: list[str] = []
    comes = package.input
    for node in package.nodes:
        # A node may read a map as one vector: the values stream in the same order.
        if _size(node.input.shape) != _size(comes.shape) or node.input.datatype != comes.datatype:
            problems.append(f"{node.name} does not read what comes in")
        comes = node.output
    if not package.nodes or package.nodes[-1].kind != "LabelSelect":
        problems.append(f"{package.name} does not end in LabelSelect, so there are no classes to answer with")
    if problems:
        raise _damaged(problems[0])


def _size(shape: tuple[int, ...]) -> int:
    size = 1
    for length in shape:
        size *= length
    return size


def _damaged(what: str) -> SetupError:
    return SetupError(f"The model package is damaged: {what}. Compile the model again.")
