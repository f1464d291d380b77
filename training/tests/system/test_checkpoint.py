from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from streamscope_training.errors import TrainingError
from streamscope_training.system import checkpoint
from streamscope_training.system.checkpoint import load, load_newest, save


def state_of(step: int) -> dict[str, Any]:
    weights = torch.arange(1000, dtype=torch.float32) + step
    return {
        "step": step,
        "recipe": {"data": {"seed": 0}},
        "network": {"conv.weight": weights, "half": weights.bfloat16()},
        "optimizer": {"state": {0: {"moment": weights}}, "groups": [{"rate": 0.1, "betas": (0.9, 0.99)}]},
    }


def fails_with(number: int) -> Callable[..., Any]:
    """A call of the system that fails."""

    def fail(*arguments: Any) -> Any:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run's folder, saved at steps 1 and 2."""
    save(tmp_path / "last.pt", state_of(1))
    save(tmp_path / "last.pt", state_of(2))
    return tmp_path


def test_a_state_comes_back_as_it_was(run: Path) -> None:
    state = load(run / "last.pt")
    expected = state_of(2)
    for name, tensor in expected["network"].items():
        assert state["network"][name].dtype == tensor.dtype
        assert torch.equal(state["network"][name], tensor)
    assert torch.equal(state["optimizer"]["state"][0]["moment"], expected["optimizer"]["state"][0]["moment"])
    assert state["optimizer"]["groups"] == expected["optimizer"]["groups"]
    assert state["format"] == 1
    assert state["recipe"] == {"data": {"seed": 0}}


def test_any_tool_of_pytorch_reads_it(run: Path) -> None:
    assert torch.load(run / "last.pt", weights_only=True)["step"] == 2


def test_the_former_one_is_kept_and_nothing_else(run: Path) -> None:
    assert load(run / "previous.pt")["step"] == 1
    assert sorted(path.name for path in run.iterdir()) == ["last.pt", "previous.pt"]


def test_the_best_one_does_not_become_the_previous(run: Path) -> None:
    for step in (1, 2):
        save(run / "best.pt", state_of(step), keep_former=False)
    assert load(run / "previous.pt")["step"] == 1
    assert load(run / "best.pt")["step"] == 2


@pytest.mark.parametrize("kept", [0.0, 0.01, 0.5, 0.99, 0.9999])
def test_a_half_written_one_is_refused_and_the_good_one_named(run: Path, kept: float) -> None:
    last = run / "last.pt"
    content = last.read_bytes()
    last.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(TrainingError) as refused:
        load(last)
    assert f"{last} is half-written" in str(refused.value)
    assert f"{run / 'previous.pt'} is good" in str(refused.value)
    newest = load_newest(run)
    assert (newest.path, newest.state["step"]) == (run / "previous.pt", 1)
    assert newest.note is not None
    assert "resuming from" in newest.note
    assert "at step 1" in newest.note


def test_one_altered_bit_anywhere_is_found(run: Path) -> None:
    last = run / "last.pt"
    content = last.read_bytes()
    for position in [*range(0, len(content), 211), *range(len(content) - 110, len(content))]:
        altered = bytearray(content)
        altered[position] ^= 0x10
        last.write_bytes(altered)
        with pytest.raises(TrainingError, match="half-written, damaged"):
            load(last)


@pytest.mark.parametrize("what", ["text", "another tool's", "a folder", "absent"])
def test_other_files_are_refused(run: Path, what: str) -> None:
    path = run / "other.pt"
    if what == "text":
        path.write_text("hello\n" * 100)
    elif what == "another tool's":
        torch.save(state_of(1), path)
    elif what == "a folder":
        path.mkdir()
    reasons = {"a folder": "cannot be read: it is a folder", "absent": "there is no checkpoint"}
    with pytest.raises(TrainingError) as refused:
        load(path)
    assert reasons.get(what, "no checkpoint of a training run") in str(refused.value)
    assert str(path) in str(refused.value)
    assert f"{run / 'last.pt'} is good" in str(refused.value)


def test_another_format_is_refused(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as later:
        later.setattr(checkpoint, "FORMAT", 2)
        save(run / "last.pt", state_of(3))
    with pytest.raises(TrainingError, match="has format 2, and this version reads format 1"):
        load(run / "last.pt")


class Touch:
    """An object that, were it unpacked, would make a file."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (self.path,)


def test_nothing_in_a_file_is_executed(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as forger:
        forger.setattr(checkpoint, "_unpack", lambda archive: None)
        save(run / "last.pt", {**state_of(3), "trap": Touch(str(run / "sprung"))})
    with pytest.raises(TrainingError, match=r"is whole, but PyTorch .* cannot read it"):
        load(run / "last.pt")
    assert not (run / "sprung").exists()


@pytest.mark.parametrize("value", [np.float64(1), Path("x"), {1: np.zeros(3)}])
def test_a_state_that_could_not_be_read_back_is_refused_at_once(run: Path, value: Any) -> None:
    with pytest.raises(ValueError, match="tensors and plain values only"):
        save(run / "last.pt", {**state_of(3), "odd": value})
    assert load(run / "last.pt")["step"] == 2


def test_a_state_that_lacks_something_is_refused(run: Path) -> None:
    with pytest.raises(ValueError, match="a checkpoint needs network"):
        save(run / "last.pt", {"step": 3, "recipe": {}})


def test_a_damaged_one_does_not_push_out_the_good_one(run: Path) -> None:
    (run / "last.pt").write_bytes(b"damaged")
    save(run / "last.pt", state_of(3))
    assert load(run / "previous.pt")["step"] == 1
    assert load(run / "last.pt")["step"] == 3


#: Saves step 3 in the folder it is given, and dies as if by a loss of power at the call it is told of.
DIES = """
import os, sys
sys.path.insert(0, sys.argv[4])
from pathlib import Path
from test_checkpoint import save, state_of
_, run, call, number, _ = sys.argv
left = int(number)
original = getattr(os, call)
def die(*arguments):
    global left
    left -= 1
    if left == 0:
        os._exit(9)
    return original(*arguments)
setattr(os, call, die)
save(Path(run) / "last.pt", state_of(3))
"""


@pytest.mark.parametrize(
    ("call", "number", "found", "step"),
    [("fsync", 1, "last.pt", 2), ("replace", 1, "last.pt", 2), ("replace", 2, "previous.pt", 2)],
)
def test_a_process_that_dies_while_it_saves(run: Path, call: str, number: int, found: str, step: int) -> None:
    arguments = [sys.executable, "-c", DIES, str(run), call, str(number), str(Path(__file__).parent)]
    assert subprocess.run(arguments, timeout=300).returncode == 9
    newest = load_newest(run)
    assert (newest.path, newest.state["step"]) == (run / found, step)
    save(run / "last.pt", state_of(4))
    assert load_newest(run).state["step"] == 4
    assert load(run / "previous.pt")["step"] == 2
    assert not (run / "last.pt.part").exists()


def test_a_full_disk_leaves_the_last_good_one(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    last = run / "last.pt"
    with monkeypatch.context() as disk:
        disk.setattr(checkpoint.os, "fsync", fails_with(errno.ENOSPC))
        with pytest.raises(TrainingError) as refused:
            save(last, state_of(3))
    assert str(refused.value) == f"Cannot save the checkpoint {last}: the disk is full; {last} stands."
    assert load(last)["step"] == 2
    assert sorted(path.name for path in run.iterdir()) == ["last.pt", "previous.pt"]


@pytest.mark.parametrize(
    ("call", "number", "standing", "step"),
    [("fsync", 1, "last.pt", 2), ("replace", 1, "last.pt", 2), ("replace", 2, "previous.pt", 2)],
)
def test_a_disk_that_refuses_at_any_point(
    run: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, standing: str, step: int
) -> None:
    calls = iter(range(1, 10))
    original = getattr(os, call)

    def refuse(*arguments: Any) -> Any:
        if next(calls) == number:
            raise OSError(errno.EACCES, "Permission denied")
        return original(*arguments)

    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(TrainingError) as refused:
        save(run / "last.pt", state_of(3))
    assert f"it is not permitted; {run / standing} stands." in str(refused.value)
    assert load_newest(run).state["step"] == step
    assert not (run / "last.pt.part").exists()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="there is no such file or folder; there is none before it"):
        save(tmp_path / "absent" / "last.pt", state_of(1))


def test_a_folder_that_may_not_be_written(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Not by the folder's mode: root may write anywhere.
    with monkeypatch.context() as disk:
        disk.setattr(Path, "open", fails_with(errno.EACCES))
        with pytest.raises(TrainingError, match=r"it is not permitted; .*last\.pt stands"):
            save(run / "last.pt", state_of(3))
    assert load(run / "last.pt")["step"] == 2


def test_a_folder_in_the_place_of_what_is_being_written(run: Path) -> None:
    (run / "last.pt.part").mkdir()
    with pytest.raises(TrainingError, match=r"it is a folder; .*last\.pt stands"):
        save(run / "last.pt", state_of(3))
    assert load(run / "last.pt")["step"] == 2


def test_a_run_resumes_from_its_last_one(run: Path) -> None:
    newest = load_newest(run)
    assert (newest.path, newest.state["step"], newest.note) == (run / "last.pt", 2, None)


def test_nothing_good_to_resume_from(run: Path) -> None:
    (run / "last.pt").write_bytes(b"")
    (run / "previous.pt").unlink()
    with pytest.raises(TrainingError) as refused:
        load_newest(run)
    assert f"{run / 'last.pt'} is half-written" in str(refused.value)
    assert f"there is no checkpoint {run / 'previous.pt'}" in str(refused.value)
    with pytest.raises(TrainingError, match="there is no good one in"):
        load(run / "last.pt")
