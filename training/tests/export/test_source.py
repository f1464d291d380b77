from __future__ import annotations

from pathlib import Path

import pytest
import torch
from support.runs import float_start

from streamscope_training.errors import TrainingError
from streamscope_training.export.source import checkpoint_of, network_of_start
from streamscope_training.network.start import start_of, to_npz
from streamscope_training.run.recipe import Recipe
from streamscope_training.system import checkpoint
from streamscope_training.trained import network_of_checkpoint

from .conftest import Exported


def test_the_best_checkpoint_of_a_run_goes_before_the_last(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"neither best\.pt nor last\.pt"):
        checkpoint_of(tmp_path)
    (tmp_path / "last.pt").touch()
    assert checkpoint_of(tmp_path).name == "last.pt"
    (tmp_path / "best.pt").touch()
    assert checkpoint_of(tmp_path).name == "best.pt"


def test_a_run_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="is not a run's folder"):
        checkpoint_of(tmp_path / "nothing")


def test_a_checkpoint_gives_the_network_that_was_saved(exported: Exported) -> None:
    network = network_of_checkpoint(exported.checkpoint)
    assert not network.training
    found = network.state_dict()
    assert all(torch.equal(found[name], values) for name, values in exported.state.items())


@pytest.mark.parametrize("state", [{"conv.weight": torch.zeros(3)}, 5, [1]])
def test_a_checkpoint_of_another_network(tmp_path: Path, state: object) -> None:
    path = tmp_path / "last.pt"
    checkpoint.save(
        path, {"step": 1, "seed": 0, "recipe": Recipe().to_dict(), "data": "none", "network": state}
    )
    with pytest.raises(TrainingError, match="holds another network"):
        network_of_checkpoint(path)


def test_a_quantized_start_is_a_network(exported: Exported, tmp_path: Path) -> None:
    (tmp_path / "start.npz").write_bytes(to_npz(start_of(exported.network)))
    found = network_of_start(tmp_path / "start.npz").state_dict()
    for name, values in exported.state.items():
        torch.testing.assert_close(found[name], values)


def test_a_float_start_must_be_trained_first(exported: Exported, tmp_path: Path) -> None:
    (tmp_path / "start.npz").write_bytes(to_npz(float_start(start_of(exported.network))))
    with pytest.raises(TrainingError, match=r"is a float start, without scales; train it first\."):
        network_of_start(tmp_path / "start.npz")
