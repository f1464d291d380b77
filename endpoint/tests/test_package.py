from __future__ import annotations

import hashlib
import json
import zlib
from pathlib import Path
from typing import Any, Callable

import pytest
from support.packages import by_hand, write_manifest

from streamscope_endpoint.backends.emulator import EmulatorBackend
from streamscope_endpoint.emulator.network import Network
from streamscope_endpoint.errors import SetupError
from streamscope_endpoint.settings import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return by_hand(tmp_path)


def refuse(folder: Path, sentence: str) -> None:
    with pytest.raises(SetupError, match=sentence):
        Network(folder)


def test_a_folder_without_a_package(tmp_path: Path) -> None:
    refuse(tmp_path, "no readable model package")


def test_cut_anywhere_a_manifest_is_refused(folder: Path) -> None:
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    for cut in range(0, len(text), 97):
        (folder / "manifest.json").write_text(text[:cut], encoding="utf-8")
        refuse(folder, "not complete JSON")


def test_a_changed_manifest_and_changed_weights_are_refused(folder: Path) -> None:
    manifest, weights = folder / "manifest.json", folder / "weights.bin"
    packed = bytearray(weights.read_bytes())
    packed[-1] ^= 1
    weights.write_bytes(packed)
    refuse(folder, "cut short or altered")
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"shift":1', '"shift":0'), "utf-8")
    refuse(folder, "manifest was altered")


def change(manifest: dict[str, Any], path: str, value: Any) -> None:
    *keys, last = path.split(".")
    target: Any = manifest
    for key in keys:
        target = target[int(key)] if key.isdigit() else target[key]
    target[last] = value


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("format", "other", "not that of a Streamscope model package"),
        ("version", 2, "version 2"),
        ("binary.file", "../weights.bin", "outside the folder"),
        ("binary.file", "missing.bin", "cannot be read"),
        ("binary.unpackedBytes", 1, "another size"),
        ("input.datatype", "FLOAT32", "FLOAT32"),
        ("input.shape", [1, 1, 2, 3], "does not read what comes in"),
        ("nodes.1.weights.offset", 10_000, "does not fit"),
        ("nodes.1.weights.offset", -4, "does not fit"),
        ("nodes.1.weights.shape", [2, 3], "does not fit"),
        ("nodes.1.output.shape", "wide", "manifest is wrong"),
        ("nodes.0.kind", "Elephant", "no layer of kind Elephant"),
        ("nodes.7.kind", "Pool", "does not end in LabelSelect"),
        ("nodes", [], "does not end in LabelSelect"),
    ],
)
def test_a_forged_manifest_with_a_right_checksum_is_still_checked(
    folder: Path, path: str, value: Any, sentence: str
) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    del manifest["checksum"]
    change(manifest, path, value)
    write_manifest(folder, manifest)
    refuse(folder, sentence)


@pytest.mark.parametrize("make", [lambda _: b"noise", lambda size: zlib.compress(bytes(size + 1))])
def test_weights_that_are_no_such_stream(folder: Path, make: Callable[[int], bytes]) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    del manifest["checksum"]
    packed = make(manifest["binary"]["unpackedBytes"])
    manifest["binary"].update(bytes=len(packed), sha256=hashlib.sha256(packed).hexdigest())
    write_manifest(folder, manifest)
    (folder / "weights.bin").write_bytes(packed)
    refuse(folder, "cannot be unpacked|another size")


def test_another_package_can_be_served(folder: Path) -> None:
    info = EmulatorBackend(Settings(model=str(folder))).info
    assert (info.model_name, info.image_shape, info.k) == ("tiny", (1, 2, 2), 2)
