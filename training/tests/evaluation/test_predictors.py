from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import torch
from support.networks import sane_network
from support.pictures import noise

from streamscope_training.errors import TrainingError
from streamscope_training.evaluation.predictors import brevitas_predictor, engine_predictor
from streamscope_training.paths import shipped_package

IMAGES = torch.stack([torch.from_numpy(noise(224, 224, seed).copy()).permute(2, 0, 1) for seed in range(3)])


def test_two_processes_answer_as_one_and_in_order() -> None:
    with engine_predictor(shipped_package(), processes=1) as predict:
        alone = predict(IMAGES)
    with engine_predictor(shipped_package(), processes=2) as predict:
        together = torch.cat([predict(IMAGES[:2]), predict(IMAGES[2:])])
    assert alone.shape == (3, 5)
    assert alone.dtype == torch.int64
    assert len({tuple(classes) for classes in alone.tolist()}) > 1
    assert torch.equal(together, alone)


def test_a_process_that_cannot_go_on_is_a_sentence(tmp_path: Path) -> None:
    package = tmp_path / "package"
    shutil.copytree(shipped_package(), package)
    with engine_predictor(package) as predict:
        shutil.rmtree(package)
        with pytest.raises(TrainingError, match="A process of the evaluation ended unexpectedly"):
            predict(IMAGES[:1])


def test_equal_logits_of_a_brevitas_network_come_in_the_hardwares_order() -> None:
    network = sane_network(3)
    with torch.no_grad():
        # The same weights and bias: whatever the picture shows, these are equal and the largest.
        network.classifier.weight[:] = 0
        network.classifier.bias[:] = 0
        network.classifier.weight[[900, 20, 400]] = network.classifier_scale
    assert brevitas_predictor(network)(IMAGES[:1]).tolist() == [[20, 400, 900, 0, 1]]
