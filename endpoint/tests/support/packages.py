"""Writes small model packages, one byte a value and more where a type needs it."""

from __future__ import annotations

import hashlib
import json
import zlib
from pathlib import Path
from typing import Any, Sequence

import numpy as np

from streamscope_endpoint.emulator.datatypes import data_type


class PackageWriter:
    """Chains nodes, each reading what the one before puts out."""

    def __init__(self, shape: Sequence[int], datatype: str) -> None:
        self._input = self._last = {"shape": list(shape), "datatype": datatype}
        self._nodes: list[dict[str, Any]] = []
        self._binary = b""

    def constant(self, datatype: str, values: Any) -> dict[str, Any]:
        """Places values of a type of 5 bits or more (the narrower are packed: not here)."""
        width = data_type(datatype).dtype
        data = np.array(values).astype(width.newbyteorder("<"))
        packed = data.tobytes()
        place = {
            "shape": list(data.shape),
            "datatype": datatype,
            "offset": len(self._binary),
            "bytes": len(packed),
        }
        self._binary += packed + bytes(-len(packed) % 4)
        return place

    def stairs(self, datatype: str, rows: Any, act_val: int = 0) -> dict[str, Any]:
        return {"thresholds": self.constant(datatype, rows), "actVal": act_val}

    def node(self, kind: str, shape: Sequence[int], datatype: str, **attributes: Any) -> PackageWriter:
        output = {"shape": list(shape), "datatype": datatype}
        entry = {"kind": kind, "name": f"{kind}_hls_{len(self._nodes)}", "impl": "hls"}
        self._nodes.append({**entry, "input": self._last, "output": output, **attributes})
        self._last = output
        return self

    def manifest(self) -> dict[str, Any]:
        """Without its checksum."""
        packed = zlib.compress(self._binary)
        return {
            "format": "streamscope-package",
            "version": 1,
            "name": "tiny",
            "compiler": "test",
            "sourceSha256": None,
            "labels": ["Größe", 'a "quoted" name\n'],
            "binary": {
                "file": "weights.bin",
                "bytes": len(packed),
                "unpackedBytes": len(self._binary),
                "sha256": hashlib.sha256(packed).hexdigest(),
            },
            "input": self._input,
            "nodes": self._nodes,
        }

    def write(self, folder: Path) -> Path:
        write_manifest(folder, self.manifest())
        (folder / "weights.bin").write_bytes(zlib.compress(self._binary))
        return folder


def write_manifest(folder: Path, body: dict[str, Any]) -> None:
    """With the checksum that belongs to it."""
    text = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
    checksum = hashlib.sha256(text.encode()).hexdigest()
    (folder / "manifest.json").write_text(f'{text[:-1]},"checksum":"{checksum}"}}', encoding="utf-8")


def by_hand(folder: Path) -> Path:
    """A network small enough to compute on paper: two pixels of two channels in, two classes out."""
    chain = PackageWriter([1, 1, 2, 2], "UINT8")
    chain.node("FMPadding", [1, 2, 2, 2], "UINT8", pad={"top": 1, "left": 0, "bottom": 0, "right": 0})
    # The sum of both channels, and their difference.
    weights = chain.constant("INT8", [[1, 1], [1, -1]])
    activation = chain.stairs("INT8", [[3, 7], [-1, 1]])
    chain.node("MVAU", [1, 2, 2, 2], "UINT2", mw=2, mh=2, weights=weights, activation=activation)
    window = {"stride": [1, 1], "dilation": [1, 1], "depthwise": True}
    chain.node("ConvolutionInputGenerator", [1, 1, 2, 4], "UINT2", kernel=[2, 1], **window)
    pool = {"function": "QuantAvgPool", "channels": 2, "kernel": [2, 1], "accumBits": 3, "shift": 1}
    chain.node("Pool", [1, 1, 2, 2], "UINT2", **pool)
    chain.node("ConvolutionInputGenerator", [1, 1, 1, 4], "UINT2", kernel=[1, 2], **window)
    weights = chain.constant("INT8", [[1, 0, 0, 0], [0, 2, 0, 0], [1, 1, 1, 1]])
    chain.node("MVAU", [1, 1, 1, 3], "INT8", mw=4, mh=3, weights=weights, activation=None)
    add = {"function": "add", "channels": 3, "parameters": chain.constant("INT8", [1, 0, -2])}
    chain.node("ChannelwiseOp", [1, 1, 1, 3], "INT9", **add)
    return chain.node("LabelSelect", [1, 2], "UINT8", labels=3, k=2).write(folder)
