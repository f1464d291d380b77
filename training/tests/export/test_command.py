from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from streamscope_training import cli
from streamscope_training.export import command

from .conftest import Exported


@pytest.mark.parametrize(
    "sources", [[], ["run", "--checkpoint", "last.pt"], ["--checkpoint", "last.pt", "--start", "start.npz"]]
)
def test_one_source_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], sources: list[str]) -> None:
    assert cli.main(["export", *sources, "--output", str(tmp_path / "model.onnx")]) == 2
    assert "Name one of these to export" in capsys.readouterr().err


def test_labels_without_a_package_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["export", "run", "--output", str(tmp_path / "model.onnx"), "--labels", "labels.txt"]
    assert cli.main(arguments) == 2
    assert "add --package" in capsys.readouterr().err


def test_a_wrong_place_is_known_before_anything_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["export", "nothing", "--output", str(tmp_path / "model.pt")]) == 2
    assert "model.pt must end in .onnx" in capsys.readouterr().err


@pytest.mark.parametrize("wanted", [["--package", "package"], ["--refresh"]])
def test_missing_tools_are_known_before_anything_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, wanted: list[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert cli.main(["export", "nothing", "--output", str(tmp_path / "model.onnx"), *wanted]) == 2
    assert "install Node.js" in capsys.readouterr().err


def test_refresh_gets_what_was_exported(
    exported: Exported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The export itself is another test's; here is what follows it.
    monkeypatch.setattr(command, "export_qonnx_file", lambda network, path: path.write_bytes(b"model"))
    refreshed: list[Path] = []
    monkeypatch.setattr(command, "refresh_shipped", refreshed.append)
    output = tmp_path / "model.onnx"
    arguments = ["export", "--checkpoint", str(exported.checkpoint), "--output", str(output), "--refresh"]
    assert cli.main(arguments) == 0
    assert refreshed == [output]
