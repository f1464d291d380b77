from __future__ import annotations

import errno
import json
import os
import tempfile
from pathlib import Path

import pytest

from streamscope_training.errors import TrainingError
from streamscope_training.export import node
from streamscope_training.export.compile import compile_package, refresh_shipped
from streamscope_training.export.model_file import packed

REFUSED = b"This is no ONNX file.\n" * 10


@pytest.mark.parametrize("name", ["text.onnx", "text.onnx.gz"])
def test_the_compiler_s_own_sentence_is_passed_on(tmp_path: Path, name: str) -> None:
    model = tmp_path / name
    model.write_bytes(packed(REFUSED) if model.suffix == ".gz" else REFUSED)
    with pytest.raises(TrainingError) as refusal:
        compile_package(model, tmp_path / "package")
    assert str(refusal.value).startswith(f"The compiler made no package: {model}: ")
    assert not (tmp_path / "package").exists()


def test_labels_of_another_network_are_refused(tmp_path: Path) -> None:
    labels = tmp_path / "labels.txt"
    labels.write_text("cat\ndog\n")
    small = node.repository() / "fixtures" / "onnx" / "mnv1_qonnx_prepost.onnx"
    with pytest.raises(TrainingError, match="has 2 lines, but the network has 40 classes"):
        compile_package(small, tmp_path / "package", labels)


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose script notes what it was asked, and takes only files called good."""
    root, programs = tmp_path / "repository", tmp_path / "programs"
    for folder in (root / "node_modules", programs):
        folder.mkdir(parents=True)
    (root / "tool.mjs").write_text(
        'import { writeFileSync } from "node:fs";\n'
        "const asked = process.argv.slice(2);\n"
        'writeFileSync("asked.json", JSON.stringify(asked));\n'
        'process.exitCode = asked[0].endsWith("good.onnx") ? 0 : 1;\n'
    )
    scripts = {"model:refresh": "node tool.mjs"}
    (root / "package.json").write_text(json.dumps({"name": "stand-in", "scripts": scripts}))
    monkeypatch.setattr(node, "repository", lambda: root)
    return root


def test_refresh_hands_the_file_to_the_one_command(stand_in: Path, tmp_path: Path) -> None:
    refresh_shipped(tmp_path / "good.onnx")
    asked = json.loads((stand_in / "asked.json").read_text())
    assert asked == [str(tmp_path / "good.onnx")]
    with pytest.raises(TrainingError, match=r"bad\.onnx did not become the model that ships"):
        refresh_shipped(tmp_path / "bad.onnx")


def test_missing_packages_are_named(tmp_path: Path, stand_in: Path) -> None:
    (stand_in / "node_modules").rmdir()
    model = tmp_path / "model.onnx"
    model.write_bytes(REFUSED)
    with pytest.raises(TrainingError, match=f"run npm ci in {stand_in}"):
        compile_package(model, tmp_path / "package", tmp_path / "labels.txt")


@pytest.mark.parametrize("missing", ["node", "npm"])
def test_missing_programs_are_named(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    found = node.shutil.which
    monkeypatch.setattr(node.shutil, "which", lambda name: None if name == missing else found(name))
    with pytest.raises(TrainingError, match=rf"There is no {missing} here: install Node\.js"):
        node.check_tools("node", "npm")


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(("owner", "name"), [(os, "mkdir"), (Path, "write_bytes")], ids=["folder", "copy"])
def test_a_full_disk_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: object, name: str
) -> None:
    model, temporary = tmp_path / "model.onnx", tmp_path / "temporary"
    temporary.mkdir()
    model.write_bytes(REFUSED)
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr(owner, name, full)
    with pytest.raises(TrainingError) as refusal:
        compile_package(model, tmp_path / "package")
    assert str(refusal.value) == (
        f"Cannot unpack {model}: the disk is full; make room, or name another folder in TMPDIR."
    )
    assert not any(temporary.iterdir())


def test_a_temporary_folder_that_is_none_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = tmp_path / "model.onnx"
    model.write_bytes(REFUSED)
    monkeypatch.setattr(tempfile, "tempdir", str(model))
    with pytest.raises(TrainingError, match="a part of its path is not a folder; make room, or name"):
        compile_package(model, tmp_path / "package")


def test_no_temporary_folder_at_all_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = tmp_path / "model.onnx"
    model.write_bytes(REFUSED)
    # As on a disk that is full: Python writes a little file to each, and none takes it.
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: [str(tmp_path / "nowhere")])
    with pytest.raises(TrainingError) as refusal:
        compile_package(model, tmp_path / "package")
    assert str(refusal.value) == (
        f"There is no folder to unpack {model} in: make room, or name one in TMPDIR."
    )
