from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from support.pictures import folder_of, noise
from support.runs import float_start

from streamscope_training.data.photo_set import open_photos
from streamscope_training.errors import TrainingError
from streamscope_training.evaluation.answers import Answers, write_answers
from streamscope_training.evaluation.networks import brevitas_network, open_answerer, open_predictor
from streamscope_training.export.read_back import start_from_qonnx
from streamscope_training.network.float_twin import FloatTwin
from streamscope_training.network.mobilenet import MobileNet, normalise
from streamscope_training.network.start import Start, to_npz
from streamscope_training.paths import shipped_export, shipped_package
from streamscope_training.run.recipe import Recipe
from streamscope_training.system import checkpoint

IMAGES = torch.from_numpy(noise(224, 224, 1).copy()).permute(2, 0, 1)[None]


@pytest.fixture(scope="module")
def start() -> Start:
    return start_from_qonnx(shipped_export())


def test_checkpoint_start_export_and_package_of_one_network_say_the_same(
    tmp_path: Path, start: Start
) -> None:
    (tmp_path / "start.npz").write_bytes(to_npz(start))
    network = brevitas_network(tmp_path / "start.npz")
    state = {"step": 1, "recipe": Recipe().to_dict(), "network": network.state_dict()}
    checkpoint.save(tmp_path / "last.pt", state)
    paths = [tmp_path / "start.npz", tmp_path / "last.pt", shipped_export(), shipped_package()]
    said: list[list[list[int]]] = []
    for path in paths:
        with open_predictor(path, processes=1) as predict:
            said.append(predict(IMAGES).tolist())
    assert said == [said[0]] * 4
    assert isinstance(brevitas_network(tmp_path / "last.pt"), MobileNet)


def test_a_float_start_is_the_twin(tmp_path: Path, start: Start) -> None:
    (tmp_path / "start.npz").write_bytes(to_npz(float_start(start)))
    expected = FloatTwin(float_start(start))(normalise(IMAGES)).topk(5).indices
    with open_predictor(tmp_path / "start.npz", processes=1) as predict:
        assert torch.equal(predict(IMAGES), expected)
    with pytest.raises(TrainingError, match="is a float start"):
        brevitas_network(tmp_path / "start.npz")


def test_a_table_answers_whatever_the_photos_are(tmp_path: Path) -> None:
    kept = Answers(("b.png",), None, np.arange(5)[None])
    write_answers(tmp_path / "kept.csv", kept)
    photos = open_photos([folder_of(tmp_path / "photos", "a.png")], cache=None)
    with open_answerer(tmp_path / "kept.csv", processes=1) as answer:
        assert answer(photos, None).paths == ("b.png",)


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"is no Brevitas network: name a checkpoint \(\.pt\)"):
        brevitas_network(tmp_path / "weights.bin")
    with (
        pytest.raises(TrainingError, match="There is no readable model package"),
        open_predictor(tmp_path, 1),
    ):
        pass
    with pytest.raises(TrainingError, match="there is no checkpoint"), open_predictor(tmp_path / "a.pt", 1):
        pass
