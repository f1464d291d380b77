"""One network, exported and compiled once for all tests here: each takes seconds."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass
from pathlib import Path

import pytest
import torch
from support.networks import sane_network

from streamscope_training import cli
from streamscope_training.network.mobilenet import MobileNet
from streamscope_training.run.recipe import Recipe
from streamscope_training.system import checkpoint

#: A channel whose gain is 0.
DEAD = ("block3.pointwise", 5)


@dataclass(frozen=True)
class Exported:
    network: MobileNet
    #: The network's state before it was exported.
    state: dict[str, torch.Tensor]
    checkpoint: Path
    model: Path
    package: Path
    #: What the command said.
    said: str


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """A checkpoint, and what ``export`` made of it."""
    folder = tmp_path_factory.mktemp("exported")
    network = sane_network(1)
    with torch.no_grad():
        unit = next(unit for unit in network.each_unit() if unit.layer.name == DEAD[0])
        unit.norm.weight[DEAD[1]] = 0
    state = {name: values.clone() for name, values in network.state_dict().items()}
    path = folder / "last.pt"
    checkpoint.save(path, {"step": 1, "recipe": Recipe().to_dict(), "network": state})
    model, package = folder / "model.onnx.gz", folder / "package"
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        status = cli.main(["export", str(folder), "--output", str(model), "--package", str(package)])
    assert status == 0
    return Exported(network, state, path, model, package, said.getvalue())
