from __future__ import annotations

from pathlib import Path

import pytest

from streamscope_training import cli
from streamscope_training.run.log import RunLog


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run's folder with a log of two lines."""
    with RunLog(tmp_path / "log.jsonl", None) as log:
        for step in (1, 2):
            log.write({"step": step, "epoch": step / 2, "losses": {"logits": 1 / step}})
    return tmp_path


def test_figures(run: Path) -> None:
    assert cli.main(["plot", str(run), str(run / "figures.CSV")]) == 0
    assert (run / "figures.CSV").read_text() == "step,epoch,losses.logits\n1,0.5,1.0\n2,1.0,0.5\n"


@pytest.mark.parametrize("against", ["step", "epoch"])
def test_curves(run: Path, against: str) -> None:
    assert cli.main(["plot", str(run), str(run / "curves.svg"), "--against", against]) == 0
    assert f"<!-- {against} -->" in (run / "curves.svg").read_text()


def test_other_files_are_refused(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["plot", str(run), str(run / "curves.png")]) == 2
    assert "curves.png is neither .svg, for curves, nor .csv, for figures." in capsys.readouterr().err
    assert not (run / "curves.png").exists()


def test_a_folder_without_a_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["plot", str(tmp_path), str(tmp_path / "curves.svg")]) == 2
    assert "Cannot read the log" in capsys.readouterr().err
