from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from streamscope_training.errors import TrainingError
from streamscope_training.run.log import RunLog, read_log


def line_of(step: int) -> dict[str, Any]:
    return {"step": step, "losses": {"logits": 1.5 / step}}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A log of steps 1 to 5."""
    path = tmp_path / "log.jsonl"
    with RunLog(path, None) as log:
        for step in range(1, 6):
            log.write(line_of(step))
    return path


def steps(path: Path) -> list[int]:
    return [line["step"] for line in read_log(path)]


def test_lines_come_back_as_they_were(path: Path) -> None:
    assert read_log(path) == [line_of(step) for step in range(1, 6)]


def test_every_line_is_on_disk_at_once(tmp_path: Path) -> None:
    with RunLog(tmp_path / "log.jsonl", None) as log:
        log.write(line_of(1))
        assert steps(tmp_path / "log.jsonl") == [1]


@pytest.mark.parametrize(
    ("step", "kept"), [(0, []), (3, [1, 2, 3]), (5, [1, 2, 3, 4, 5]), (9, [1, 2, 3, 4, 5])]
)
def test_a_resumed_run_has_no_doubles(path: Path, step: int, kept: list[int]) -> None:
    with RunLog(path, step) as log:
        log.write(line_of(step + 1))
    assert steps(path) == [*kept, step + 1]


def test_a_half_written_last_line_is_taken_out(path: Path) -> None:
    content = path.read_bytes()
    start_of_last = content[:-1].rindex(b"\n") + 1
    for length in range(start_of_last, len(content)):
        path.write_bytes(content[:length])
        assert steps(path) == [1, 2, 3, 4]
        with RunLog(path, 5) as log:
            log.write(line_of(5))
        assert path.read_bytes() == content


def test_a_run_may_resume_without_its_log(tmp_path: Path) -> None:
    with RunLog(tmp_path / "log.jsonl", 7) as log:
        log.write(line_of(8))
    assert steps(tmp_path / "log.jsonl") == [8]


def test_a_new_run_does_not_wipe_the_log_of_an_earlier_one(path: Path) -> None:
    content = path.read_bytes()
    with pytest.raises(TrainingError, match="from an earlier run; resume that, or choose another folder"):
        RunLog(path, None)
    assert path.read_bytes() == content


@pytest.mark.parametrize("damage", ["no json", "[1]", '"step"', '{"loss": 1}', '{"step": "1"}', "[" * 99999])
def test_other_files_are_refused_and_left_alone(path: Path, damage: str) -> None:
    lines = path.read_text().splitlines()
    lines[2] = damage
    path.write_text("\n".join(lines) + "\n")
    content = path.read_bytes()
    with pytest.raises(TrainingError, match=r"log\.jsonl is no log of a training run: line 3 is not"):
        read_log(path)
    with pytest.raises(TrainingError, match="line 3 is not"):
        RunLog(path, 1)
    assert path.read_bytes() == content


def test_numbers_that_json_does_not_have_are_null(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    with RunLog(path, None) as log:
        log.write({"step": 1, "evaluation": {"top1": float("nan")}, "more": [float("inf"), 2.5]})
    assert read_log(path) == [{"step": 1, "evaluation": {"top1": None}, "more": [None, 2.5]}]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full is a thing of Linux")
def test_a_full_disk_is_a_sentence(path: Path) -> None:
    with RunLog(path, 5) as log:
        full = os.open("/dev/full", os.O_WRONLY)
        os.dup2(full, log._file.fileno())
        os.close(full)
        with pytest.raises(TrainingError) as refused:
            log.write(line_of(6))
    assert str(refused.value) == f"Cannot write the log {path}: the disk is full."
    assert steps(path) == [1, 2, 3, 4, 5]


def test_folders_that_are_not_there_are_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"Cannot write the log .*: there is no such file or folder"):
        RunLog(tmp_path / "absent" / "log.jsonl", None)
    with pytest.raises(TrainingError, match=r"Cannot read the log .*: there is no such file or folder"):
        read_log(tmp_path / "log.jsonl")
