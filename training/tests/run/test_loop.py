from __future__ import annotations

import errno
import io
import math
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from support.runs import RECIPE, Figures, Workshop

from streamscope_training.errors import TrainingError
from streamscope_training.run import loop
from streamscope_training.run.fresh import make_fresh
from streamscope_training.run.log import read_log
from streamscope_training.run.loop import Job, train
from streamscope_training.system import checkpoint

SAVES_EVERY_STEP = RECIPE.override(["log.checkpoint_every_seconds=1e-9"])
ONE_STEP = RECIPE.override(["optimizer.steps=1", "log.every_steps=1"])


def ask_to_stop() -> None:
    signal.raise_signal(signal.SIGTERM)


def same(one: Any, other: Any) -> bool:
    """Whether two states are equal to the bit."""
    if isinstance(one, torch.Tensor):
        return torch.equal(one, other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    return bool(one == other)


def logged(folder: Path) -> list[dict[str, Any]]:
    """The log without what the clock says."""
    lines = read_log(folder / "log.jsonl")
    return [
        {key: value for key, value in line.items() if key not in ("seconds", "images_per_second")}
        for line in lines
    ]


def losses_of(folder: Path) -> list[dict[str, float]]:
    return [line["losses"] for line in logged(folder) if "losses" in line]


@dataclass(frozen=True)
class Done:
    """A run, and what it said."""

    folder: Path
    ended: bool
    said: str


def run(job: Job, *, resume: bool = False) -> Done:
    out = io.StringIO()
    ended = train(job, resume=resume, out=out)
    return Done(job.folder, ended, out.getvalue())


@pytest.fixture(scope="module")
def whole(workshop: Workshop, runs: Path) -> Done:
    """Six steps without a stop."""
    return run(workshop.job(runs / "whole", evaluate=Figures(0.1, 0.5, 0.3)))


@dataclass(frozen=True)
class Stopped:
    """A run that a signal stopped after three steps, then resumed."""

    first: Done
    #: The checkpoint and the log as it stopped.
    state: dict[str, Any]
    log: list[dict[str, Any]]
    second: Done


@pytest.fixture(scope="module")
def stopped(workshop: Workshop, runs: Path) -> Stopped:
    folder = runs / "stopped"
    first = run(workshop.job(folder, evaluate=Figures(0.1, 0.5, at=1, happens=ask_to_stop)))
    state, log = checkpoint.load(folder / "last.pt"), logged(folder)
    return Stopped(first, state, log, run(workshop.job(folder, evaluate=Figures(0.3)), resume=True))


def test_a_run_to_the_end(whole: Done) -> None:
    assert whole.ended
    lines = read_log(whole.folder / "log.jsonl")
    assert [line["step"] for line in lines] == [0, 0, 2, 3, 4, 6, 6]
    assert "start" in lines[0]
    assert [line["evaluation"]["top1"] for line in lines if "evaluation" in line] == [0.1, 0.5, 0.3]
    trained = [line for line in lines if "losses" in line]
    assert [line["epoch"] for line in trained] == [1.0, 2.0, 3.0]
    for line in trained:
        assert line["learning_rate"] == RECIPE.optimizer.learning_rate
        assert line["images_per_second"] == pytest.approx(RECIPE.data.batch_size / line["seconds"])
        assert set(line["losses"]) >= {"logits", "pooled", "blocks", "total"}
        assert all(math.isfinite(loss) for loss in line["losses"].values())
    assert "Start, on 4 photos: the student agrees with the teacher on" in whole.said
    assert "Step 3: top1 50.00%\n" in whole.said
    assert "step 6/6, epoch 3.00, loss" in whole.said


def test_every_parameter_has_been_trained(whole: Done, workshop: Workshop) -> None:
    state = checkpoint.load(whole.folder / "last.pt")
    workshop.job(whole.folder)
    names = [name for name, _ in workshop.network.named_parameters()]
    start = workshop.network.state_dict()
    assert [name for name in names if torch.equal(state["network"][name], start[name])] == []


def test_the_best_checkpoint_is_the_one_that_evaluated_best(whole: Done) -> None:
    best, last = checkpoint.load(whole.folder / "best.pt"), checkpoint.load(whole.folder / "last.pt")
    assert (best["step"], last["step"]) == (3, 6)
    assert best["best"] == last["best"] == 0.5


def test_the_first_signal_stops_after_a_step_that_is_saved(stopped: Stopped) -> None:
    assert not stopped.first.ended
    assert stopped.first.said.endswith("Stopped after step 3 of 6; resume with --resume.\n")
    assert stopped.state["step"] == 3
    assert [line["step"] for line in stopped.log] == [0, 0, 2, 3]


def test_the_same_seed_gives_the_same_losses(whole: Done, stopped: Stopped) -> None:
    assert stopped.log == logged(whole.folder)[: len(stopped.log)]


def test_a_resumed_run_equals_one_without_a_stop_to_the_bit(whole: Done, stopped: Stopped) -> None:
    assert stopped.second.ended
    # Also the line of step 4, whose first half came before the stop.
    assert logged(stopped.second.folder) == logged(whole.folder)
    for name in ("last.pt", "best.pt"):
        one, other = (checkpoint.load(done.folder / name) for done in (stopped.second, whole))
        # The seconds of steps.
        assert len(one.pop("recent")) == len(other.pop("recent"))
        assert same(one, other), name


class KilledError(Exception):
    """Ends a run as a loss of power does."""


@pytest.mark.parametrize("at", [0, 1, 2], ids=["first", "middle", "last"])
def test_a_run_that_is_killed_in_an_evaluation_goes_on_with_that(
    whole: Done, workshop: Workshop, folder: Path, at: int
) -> None:
    def killed() -> None:
        raise KilledError

    figures = (0.1, 0.5, 0.3)
    with pytest.raises(KilledError):
        run(workshop.job(folder, evaluate=Figures(*figures, at=at, happens=killed)))
    resumed = run(workshop.job(folder, evaluate=Figures(*figures[at:])), resume=True)
    assert resumed.ended
    assert logged(folder) == logged(whole.folder)
    for name in ("last.pt", "best.pt"):
        one, other = (checkpoint.load(run / name) for run in (folder, whole.folder))
        assert same(one["network"], other["network"]), name
        assert one["best"] == other["best"] == 0.5


@pytest.fixture(scope="module")
def first(workshop: Workshop, runs: Path) -> Done:
    """A single step."""
    return run(workshop.job(runs / "first", ONE_STEP))


def test_another_seed_gives_other_losses(first: Done, workshop: Workshop, folder: Path) -> None:
    run(workshop.job(folder, ONE_STEP.override(["data.seed=7"])))
    assert losses_of(folder) != losses_of(first.folder)


def test_brevitas_alone_and_codes_in_bfloat16_have_losses_alike(
    first: Done, workshop: Workshop, folder: Path
) -> None:
    assert run(workshop.job(folder, ONE_STEP.override(["precision.compute=float32"]))).ended
    (plain,), (fused,) = losses_of(folder), losses_of(first.folder)
    assert plain != fused
    assert plain.keys() == fused.keys()
    # Not the logits: what a teacher of random weights says hangs on how its features are rounded.
    for name in ("pooled", "blocks"):
        assert plain[name] == pytest.approx(fused[name], rel=0.02), name


@pytest.mark.parametrize(("found", "said"), [(None, True), (object(), False)], ids=["none", "one"])
def test_without_a_compiler_it_says_so(
    workshop: Workshop, folder: Path, monkeypatch: pytest.MonkeyPatch, found: object, said: bool
) -> None:
    monkeypatch.setattr("streamscope_training.run.machine.library", lambda: found)
    done = run(workshop.job(folder, ONE_STEP))
    assert ("No C compiler was found that works" in done.said) == said
    assert logged(folder)[0]["compiled"] is not said


def test_a_run_at_its_end_is_not_resumed(whole: Done, workshop: Workshop) -> None:
    files = [whole.folder / name for name in ("log.jsonl", "last.pt")]
    before = [file.read_bytes() for file in files]
    again = run(workshop.job(whole.folder, evaluate=Figures()), resume=True)
    assert again.ended
    assert again.said == "The run is at its end: all 6 steps are done.\n"
    assert [file.read_bytes() for file in files] == before


def nan_at(step: int) -> Callable[..., dict[str, torch.Tensor]]:
    """The losses, but NaN at a step."""
    original, calls = loop.losses, iter(range(100))

    def losses(*arguments: Any) -> dict[str, torch.Tensor]:
        found = original(*arguments)
        return {**found, "pooled": found["pooled"] * math.nan} if next(calls) == step else found

    return losses


@dataclass(frozen=True)
class Ruined:
    """A run whose loss is NaN at step 2, then resumed after its last checkpoint was cut in half."""

    error: TrainingError
    #: Steps of last.pt and previous.pt when it ended.
    saved: tuple[int, int]
    resumed: Done


@pytest.fixture(scope="module")
def ruined(workshop: Workshop, runs: Path) -> Ruined:
    folder = runs / "ruined"
    last, previous = folder / "last.pt", folder / "previous.pt"
    job = workshop.job(folder, SAVES_EVERY_STEP, evaluate=Figures(0.1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loop, "losses", nan_at(2))
        with pytest.raises(TrainingError) as stop:
            run(job)
    saved = (checkpoint.load(last)["step"], checkpoint.load(previous)["step"])
    last.write_bytes(last.read_bytes()[: last.stat().st_size // 2])
    # With another [log], which a resumed run may have.
    resumed = run(workshop.job(folder, evaluate=Figures(0.5, 0.3)), resume=True)
    return Ruined(stop.value, saved, resumed)


def test_a_loss_that_is_nan_stops_the_run_and_the_last_good_checkpoint_stands(ruined: Ruined) -> None:
    last = ruined.resumed.folder / "last.pt"
    assert str(ruined.error) == (
        f'Stopped at step 2: the loss "pooled" is nan; {last}, of step 2, is good. '
        "A lower optimizer.learning_rate may help."
    )
    assert ruined.saved == (2, 1)


def test_a_half_written_checkpoint_falls_back_to_the_previous(ruined: Ruined, whole: Done) -> None:
    folder = ruined.resumed.folder
    assert ruined.resumed.said.startswith(f"{folder / 'last.pt'} is half-written")
    assert f"resuming from {folder / 'previous.pt'}, at step 1.\n" in ruined.resumed.said
    assert ruined.resumed.ended
    assert logged(folder) == logged(whole.folder)
    one, other = (checkpoint.load(done / "last.pt")["network"] for done in (folder, whole.folder))
    assert same(one, other)


def test_a_full_disk_stops_the_run_and_the_last_good_checkpoint_stands(
    workshop: Workshop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    recipe = SAVES_EVERY_STEP.override(["log.evaluate_every_steps=1"])
    figures = Figures(0.5, 0.1, at=1, happens=lambda: monkeypatch.setattr(os, "fsync", full))
    with pytest.raises(TrainingError, match=r"the disk is full; .*last\.pt stands"):
        run(workshop.job(folder, recipe, evaluate=figures))
    # The step before the evaluation, which was saved first.
    assert checkpoint.load_newest(folder).state["step"] == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("recipe", "another run: optimizer.learning_rate was 0.0007 and is 0.01. Resume"),
        ("photos", "another run: the photos are not the same. Resume"),
    ],
)
def test_another_recipe_or_other_photos_are_refused_by_name(
    whole: Done, workshop: Workshop, change: str, sentence: str
) -> None:
    recipe = RECIPE.override(["optimizer.learning_rate=0.01"]) if change == "recipe" else RECIPE
    others = replace(workshop.photos, labels=np.array([3, 1, 4, 2])) if change == "photos" else None
    before = (whole.folder / "log.jsonl").read_bytes()
    with pytest.raises(TrainingError) as refused:
        run(workshop.job(whole.folder, recipe, photos=others), resume=True)
    assert sentence in str(refused.value)
    assert (whole.folder / "log.jsonl").read_bytes() == before


def test_a_start_with_dead_weights_is_refused_and_the_folder_can_be_used_again(
    workshop: Workshop, folder: Path
) -> None:
    job = workshop.job(folder)
    with torch.no_grad():
        for unit in job.network.each_unit():
            unit.conv.weight.zero_()
    with pytest.raises(TrainingError, match="The start is broken: "):
        run(job)
    assert not (folder / "last.pt").exists()
    make_fresh(folder)
    assert list(folder.iterdir()) == []


def test_a_loss_that_explodes_is_said_and_logged(
    workshop: Workshop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        loop.Guard, "check_losses", lambda self, step, losses: [f"At step {step} it is high."]
    )
    done = run(workshop.job(folder, ONE_STEP))
    assert "At step 0 it is high.\n" in done.said
    assert {"step": 0, "warning": "At step 0 it is high."} in read_log(folder / "log.jsonl")
