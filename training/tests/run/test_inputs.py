from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from streamscope_training.errors import TrainingError
from streamscope_training.run.inputs import Inputs, read_inputs, write_inputs

INPUTS = Inputs(
    photos=("/photos/a", "/photos/b"),
    exclude=("dev",),
    labels="folders",
    classes=None,
    grey="skip",
    start="/start.npz",
    teacher=None,
    evaluation_photos="/photos/dev",
    evaluation_labels="/photos/dev.csv",
    cache="/run/photos",
)


@pytest.mark.parametrize(
    "inputs", [INPUTS, dataclasses.replace(INPUTS, exclude=(), labels=None, teacher="/photos/é.npz")]
)
def test_they_come_back_as_they_were(tmp_path: Path, inputs: Inputs) -> None:
    write_inputs(tmp_path, inputs)
    assert read_inputs(tmp_path) == inputs


@pytest.mark.parametrize(
    "changes",
    [
        {"photos": None},
        {"photos": "/photos"},
        {"photos": [1]},
        {"exclude": {"a": 1}},
        {"start": None},
        {"labels": 3},
        {"new": "x"},
    ],
)
def test_a_changed_file_is_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    file = tmp_path / "inputs.json"
    file.write_text(json.dumps({**dataclasses.asdict(INPUTS), **changes}))
    with pytest.raises(TrainingError) as refused:
        read_inputs(tmp_path)
    assert str(refused.value) == f"{file} was changed and cannot be read; begin a new run."


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"{}", b"\xff\xd8"])
def test_what_is_no_such_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "inputs.json").write_bytes(content)
    with pytest.raises(TrainingError, match="was changed and cannot be read"):
        read_inputs(tmp_path)


def test_a_folder_without_a_run(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"holds no run to resume: .*there is no such file or folder"):
        read_inputs(tmp_path / "absent")


def test_a_disk_that_refuses(tmp_path: Path) -> None:
    (tmp_path / "inputs.json").mkdir()
    with pytest.raises(TrainingError, match=r"Cannot write .*inputs\.json: it is a folder"):
        write_inputs(tmp_path, INPUTS)
