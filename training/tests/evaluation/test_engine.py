from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from support.pictures import noise

from streamscope_training.errors import TrainingError
from streamscope_training.evaluation.engine import Engine
from streamscope_training.network.ranking import best_five
from streamscope_training.paths import shipped_package

IMAGE = torch.from_numpy(noise(224, 224).copy()).permute(2, 0, 1)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the shipped package."""
    copy = tmp_path / "package"
    shutil.copytree(shipped_package(), copy)
    return copy


def test_every_layer_of_an_image_is_told_in_torchs_order() -> None:
    engine = Engine(shipped_package())
    found = engine.integers(IMAGE)
    assert len(found.activations) == 27
    assert found.activations[0].shape == (1, 32, 111, 111)
    assert found.activations[-1].shape == (1, 1024, 7, 7)
    sums = found.activations[-1].sum((2, 3), dtype=torch.int32)
    assert torch.equal(found.pooled, sums >> 6)
    assert torch.equal(found.classes, best_five(found.logits))
    assert engine.best_five(IMAGE.permute(1, 2, 0).numpy()) == found.classes[0].tolist()


def test_a_missing_package_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="There is no readable model package in"):
        Engine(tmp_path / "nowhere")


def test_a_damaged_package_is_a_sentence(package: Path) -> None:
    weights = package / "weights.bin"
    weights.write_bytes(weights.read_bytes()[:-1])
    with pytest.raises(TrainingError, match="its weights were cut short or altered"):
        Engine(package)


def edit(package: Path, change: Callable[[list[dict[str, Any]]], None]) -> None:
    """Changes a package's nodes, and its checksum with them."""
    manifest = json.loads((package / "manifest.json").read_text(encoding="utf-8"))
    change(manifest["nodes"])
    del manifest["checksum"]
    text = json.dumps(manifest, separators=(",", ":"), ensure_ascii=False)
    manifest["checksum"] = hashlib.sha256(text.encode()).hexdigest()
    (package / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def test_a_package_that_answers_with_fewer_classes_is_refused(package: Path) -> None:
    edit(package, lambda nodes: nodes[-1].update(k=3, output={"shape": [1, 1, 1, 3], "datatype": "UINT16"}))
    with pytest.raises(TrainingError, match=r"answers with 3 classes; it must .* answer with 5\."):
        Engine(package)


def without_bias(nodes: list[dict[str, Any]]) -> None:
    """LabelSelect after the classifier's sums."""
    del nodes[-2]
    nodes[-1]["input"] = nodes[-2]["output"]


def test_a_package_of_other_layers_answers_but_is_not_compared(package: Path) -> None:
    edit(package, without_bias)
    engine = Engine(package)
    assert len(engine.best_five(IMAGE.permute(1, 2, 0).numpy())) == 5
    with pytest.raises(TrainingError, match="is of another network than this one"):
        engine.integers(IMAGE)


def test_without_the_engine_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "streamscope_endpoint.emulator.network", None)
    with pytest.raises(TrainingError, match="pip install --editable endpoint"):
        Engine(shipped_package())
