from __future__ import annotations

from pathlib import Path

import pytest

from streamscope_training.errors import TrainingError
from streamscope_training.run.fresh import make_fresh


def test_an_empty_folder_is_fresh(tmp_path: Path) -> None:
    make_fresh(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_log_without_a_checkpoint_goes_and_all_else_stays(tmp_path: Path) -> None:
    for name in ("log.jsonl", "inputs.json", "recipe.toml"):
        (tmp_path / name).write_text("old")
    make_fresh(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["inputs.json", "recipe.toml"]


@pytest.mark.parametrize("name", ["last.pt", "previous.pt", "best.pt"])
def test_a_folder_with_a_checkpoint_is_refused_and_left_as_it_is(tmp_path: Path, name: str) -> None:
    for file in (name, "log.jsonl"):
        (tmp_path / file).write_text("old")
    with pytest.raises(TrainingError) as refused:
        make_fresh(tmp_path)
    assert str(refused.value) == (
        f"{tmp_path} holds a run already, with {name}: resume it with --resume, or choose another folder."
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "log.jsonl"])


def test_a_log_that_cannot_be_removed(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").mkdir()
    with pytest.raises(TrainingError, match="Cannot remove"):
        make_fresh(tmp_path)
