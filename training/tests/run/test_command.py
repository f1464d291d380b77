from __future__ import annotations

import io
import json
import shutil
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from support.pictures import folder_of, noise, save
from support.runs import Workshop, float_start

from streamscope_training import cli
from streamscope_training.data.skips import Skip
from streamscope_training.errors import TrainingError
from streamscope_training.network.mobilenet import MobileNet
from streamscope_training.network.start import Start, read_start, to_npz
from streamscope_training.paths import shipped_start
from streamscope_training.run import command
from streamscope_training.run.log import read_log
from streamscope_training.system import checkpoint

#: Settings that make a run small.
SMALL = ["--set", "data.batch_size=2", "--set", "optimizer.steps=2", "--set", "log.every_steps=1"]


@dataclass(frozen=True)
class Files:
    """What a command line can name."""

    #: Four photos, a tiny one and one that is broken.
    photos: Path
    evaluation: Path
    evaluation_labels: Path
    #: Quantized, and the same in float.
    start: Path
    twin: Path

    def train(self, run: Path, *more: str) -> int:
        """Trains from the quantized start, as small as can be."""
        inputs = ["--photos", str(self.photos), "--start", str(self.start), "--teacher", str(self.twin)]
        return cli.main(["train", str(run), "--nice", "0", *inputs, *SMALL, *more])


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, workshop: Workshop) -> Files:
    folder = tmp_path_factory.mktemp("files")
    photos = folder_of(folder / "photos", "a.png", "b.png", "sub/c.png", "sub/d.png")
    save(photos / "tiny.png", noise(20, 20))
    (photos / "broken.png").write_bytes(b"no picture")
    evaluation = folder_of(folder / "evaluation", "x.png", "y.png")
    labels = folder / "labels.csv"
    labels.write_text("file,class_index\nx.png,3\ny.png,5\n")
    (folder / "start.npz").write_bytes(to_npz(workshop.start))
    (folder / "twin.npz").write_bytes(to_npz(float_start(workshop.start)))
    return Files(photos, evaluation, labels, folder / "start.npz", folder / "twin.npz")


class Stopping(io.StringIO):
    """Asks the run to stop as soon as it has begun."""

    def write(self, text: str) -> int:
        if text.startswith("Start, on"):
            signal.raise_signal(signal.SIGTERM)
        return super().write(text)


@dataclass(frozen=True)
class Said:
    status: int
    text: str


@pytest.fixture(scope="module")
def both(files: Files, runs: Path) -> tuple[Path, Said, Said]:
    """A run's folder, what came of ``train``, asked to stop, and of ``train --resume``."""
    run = runs / "run"
    options = ["--evaluate-photos", str(files.evaluation), "--evaluate-labels", str(files.evaluation_labels)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", first := Stopping())
        status = files.train(run, *options)
        patch.setattr(sys, "stderr", second := io.StringIO())
        resumed = cli.main(["train", str(run), "--resume", "--nice", "0"])
    return run, Said(status, first.getvalue()), Said(resumed, second.getvalue())


def test_status_3_when_it_was_stopped_and_0_at_the_end(both: tuple[Path, Said, Said]) -> None:
    run, first, second = both
    assert (first.status, second.status) == (3, 0)
    assert "Stopped after step 1 of 2; resume with --resume.\n" in first.text
    assert "step 2/2" in second.text
    assert checkpoint.load(run / "last.pt")["step"] == 2


def test_what_is_in_the_folder_of_a_run(both: tuple[Path, Said, Said], files: Files) -> None:
    run, _, _ = both
    wanted = {"best.pt", "inputs.json", "last.pt", "log.jsonl", "previous.pt", "recipe.toml", "skipped.txt"}
    assert wanted <= {path.name for path in run.iterdir()}
    inputs = json.loads((run / "inputs.json").read_text())
    assert inputs["photos"] == [str(files.photos)]
    assert inputs["cache"] == str(run / "photos")
    assert (run / "skipped.txt").read_text() == "broken.png\tbroken\ntiny.png\ttiny\n"


def test_it_evaluates_before_and_after_and_the_log_has_no_doubles(both: tuple[Path, Said, Said]) -> None:
    lines = read_log(both[0] / "log.jsonl")
    assert [line["step"] for line in lines] == [0, 0, 1, 2, 2]
    evaluations = [line["evaluation"] for line in lines if "evaluation" in line]
    assert [set(found) for found in evaluations] == [{"top1", "top5"}] * 2
    assert all(0 <= share <= 1 for found in evaluations for share in found.values())


def test_decoded_photos_are_found_again(both: tuple[Path, Said, Said]) -> None:
    _, first, second = both
    assert "Decoded 6 of 6 photos.\n" in first.text
    assert "Skipped 2 photos (1 broken, 1 tiny)" in first.text
    assert "Decoded" not in second.text


def test_copies_of_the_photos_of_evaluations_are_named_when_a_run_begins(
    both: tuple[Path, Said, Said],
) -> None:
    run, first, second = both
    table = run / "lookalikes.csv"
    assert (
        "By looks, 2 photos of the evaluations would be learned from, in other files: 'x.png = a.png', "
        f"'y.png = b.png'. {table} has them all. Leave those files out with --exclude, or say so beside the "
        "figures.\n" in first.text
    )
    assert table.read_text() == "evaluation,learned_from\nx.png,a.png\ny.png,b.png\n"
    assert "By looks" not in second.text


def test_a_second_run_in_the_folder_is_refused_before_anything_is_written(
    both: tuple[Path, Said, Said], files: Files, capsys: pytest.CaptureFixture[str]
) -> None:
    run = both[0]
    before = {path: path.read_bytes() for path in run.iterdir() if path.is_file()}
    assert files.train(run, "--set", "data.seed=7", "--grey", "keep") == 2
    assert f"{run} holds a run already, with last.pt" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in run.iterdir() if path.is_file()} == before


def test_a_float_start_is_calibrated_on_no_more_photos_than_there_are(
    files: Files, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    quick = ["--set", "prepare.reconstruct=false", "--set", "optimizer.steps=1"]
    # A log without a checkpoint, of a run that was killed, is in nobody's way.
    (folder / "log.jsonl").write_text('{"step": 0}\n')
    # Another network, though the same here, is its teacher.
    other = folder / "other.npz"
    other.write_bytes(files.twin.read_bytes())
    assert files.train(folder, "--start", str(files.twin), "--teacher", str(other), *quick) == 0
    said = capsys.readouterr().err
    assert "Calibrating on 4 photos.\n" in said
    assert "Calibrated 27 of 27 layers.\n" in said
    assert "No channels are copied, as the teacher is another network.\n" in said
    assert (folder / "teacher.npz").read_bytes() == to_npz(read_start(files.twin))
    assert [line["step"] for line in read_log(folder / "log.jsonl")] == [0, 1]


def test_a_start_that_is_its_own_teacher_gets_copies_and_so_do_the_runs_after_it(
    files: Files, folder: Path
) -> None:
    def train(name: str, start: Path, *more: str) -> Start:
        options = [*more, "--photos", str(files.photos), "--start", str(start), "--nice", "0", *SMALL]
        quick = ["--set", "prepare.reconstruct=false", "--set", "optimizer.steps=1"]
        assert cli.main(["train", str(folder / name), *options, *quick]) == 0
        return read_start(folder / name / "teacher.npz")

    def filled(start: Start) -> int:
        return int(start.units[0].weight.flatten(1).any(1).sum())

    # Named or not, it is the same.
    taught_by = train("first", shipped_start(), "--teacher", str(shipped_start()))
    assert not taught_by.quantized
    assert filled(read_start(shipped_start())) < filled(taught_by) == 32
    assert torch.equal(train("next", folder / "first" / "last.pt").units[0].weight, taught_by.units[0].weight)


def test_a_run_begins_with_what_another_has_come_to(
    both: tuple[Path, Said, Said], files: Files, folder: Path
) -> None:
    last = both[0] / "last.pt"
    still = ["--set", "optimizer.learning_rate=1e-30", "--set", "optimizer.steps=1"]
    assert files.train(folder / "next", "--start", str(last), *still) == 0
    former = MobileNet()
    former.load_state_dict(checkpoint.load(last)["network"])
    now = checkpoint.load(folder / "next" / "last.pt")["network"]
    for name, values in former.state_dict().items():
        if name.endswith(("weight", "bias", "value")):
            torch.testing.assert_close(now[name], values, msg=name)


def test_a_float_start_of_zeros_is_refused(
    files: Files, workshop: Workshop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = float_start(workshop.start)
    units = tuple(replace(unit, weight=torch.zeros_like(unit.weight)) for unit in start.units)
    (tmp_path / "zeros.npz").write_bytes(to_npz(replace(start, units=units)))
    options = ["--start", str(tmp_path / "zeros.npz"), "--set", "prepare.reconstruct=false"]
    assert files.train(tmp_path / "run", *options) == 2
    assert "The start is broken: " in capsys.readouterr().err


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mistakes are found before the network is made."""

    def refuse() -> None:
        raise AssertionError("the network was made")

    monkeypatch.setattr("streamscope_training.run.assemble.MobileNet", refuse)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--evaluate-photos", "."], "give both --evaluate-photos and --evaluate-labels."),
        (["--set", "optimizer.lr=1"], "There is no setting optimizer.lr"),
        (["--recipe", "absent.toml"], "absent.toml: there is no such file or folder."),
        (["--start", "absent.npz"], "Cannot read the start"),
        (["--start", "absent.pt"], "there is no checkpoint"),
        (["--set", "data.batch_size=5"], "4 photos make no batch of 5"),
        (["--set", "distil.labels=1"], "the photos have no labels: give --labels."),
        (["--labels", "absent.csv"], "absent.csv"),
        (["--labels", "folders"], "1 folder of photos name no class ('sub')"),
        (["--evaluate-photos", "absent", "--evaluate-labels", "folders"], "absent"),
    ],
)
def test_mistakes_are_a_sentence_and_status_2(
    files: Files,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: Sequence[str],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert files.train(tmp_path / "run", *options) == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "run" / "inputs.json").exists()


@pytest.mark.usefixtures("no_network")
def test_photos_of_the_evaluations_are_not_learned_from(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "labels.csv").write_text("file,class_index\nc.png,3\nd.png,5\n")
    (tmp_path / "link").symlink_to(files.photos / "sub")
    options = ["--evaluate-photos", str(tmp_path / "link"), "--evaluate-labels", str(tmp_path / "labels.csv")]
    assert files.train(tmp_path / "run", *options) == 2
    assert (
        "2 photos of the evaluations would be learned from: 'c.png', 'd.png'. Leave their folder out with "
        "--exclude, or evaluate on others." in capsys.readouterr().err
    )


def test_a_run_resumes_from_another_folder_without_its_start_and_teacher(
    files: Files, runs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, twin = tmp_path / "start.npz", tmp_path / "twin.npz"
    shutil.copy(files.start, start)
    shutil.copy(files.twin, twin)
    monkeypatch.chdir(files.photos.parent)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", Stopping())
        excluded = ["--exclude", f"{files.photos.name}/sub"]
        options = ["--start", str(start), "--teacher", str(twin), *excluded]
        assert files.train(runs / "moved", *options) == 3
    start.unlink()
    twin.unlink()
    monkeypatch.chdir(tmp_path)
    assert cli.main(["train", str(runs / "moved"), "--resume", "--nice", "0"]) == 0


def test_a_run_does_not_resume_with_another_teacher(
    files: Files, runs: Path, workshop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", Stopping())
        assert files.train(runs / "taught") == 3
    start = float_start(workshop.start)
    (runs / "taught" / "teacher.npz").write_bytes(to_npz(replace(start, bias=start.bias + 1)))
    assert cli.main(["train", str(runs / "taught"), "--resume", "--nice", "0"]) == 2
    assert "another run: the teacher is not the same." in capsys.readouterr().err


def test_a_run_whose_teacher_is_gone_or_damaged_says_so(
    files: Files, runs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", Stopping())
        assert files.train(runs / "robbed") == 3
    teacher = runs / "robbed" / "teacher.npz"
    teacher.write_bytes(teacher.read_bytes()[:1000])
    for _ in range(2):
        assert cli.main(["train", str(runs / "robbed"), "--resume", "--nice", "0"]) == 2
        said = capsys.readouterr().err
        assert (
            f"{teacher}, the teacher of the run, is missing or damaged: put it back, or begin a new" in said
        )
        teacher.unlink(missing_ok=True)


@pytest.mark.usefixtures("no_network")
def test_a_quantized_teacher_is_refused(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert files.train(tmp_path / "run", "--teacher", str(files.start)) == 2
    assert "is quantized; the teacher must be float." in capsys.readouterr().err


@pytest.mark.usefixtures("no_network")
def test_a_start_of_other_shapes_is_refused(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    np.savez(tmp_path / "other.npz", w_0=np.zeros((32, 3, 5, 5), np.float32))
    assert files.train(tmp_path / "run", "--start", str(tmp_path / "other.npz")) == 2
    assert "w_0 is 32 x 3 x 5 x 5, it must be 32 x 3 x 3 x 3." in capsys.readouterr().err


@pytest.mark.usefixtures("no_network")
def test_a_folder_without_photos_is_refused(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    options = ["--photos", str(tmp_path / "empty"), "--start", str(files.start), "--teacher", str(files.twin)]
    assert cli.main(["train", str(tmp_path / "run"), "--nice", "0", *options]) == 2
    assert str(tmp_path / "empty") in capsys.readouterr().err
    assert cli.main(["train", str(tmp_path / "run"), "--nice", "0"]) == 2
    assert "Say which photos to learn from: --photos FOLDER." in capsys.readouterr().err


def test_one_photo_is_too_few_to_calibrate(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = folder_of(tmp_path / "one", "a.png")
    options = ["--photos", str(one), "--start", str(files.twin), "--set", "data.batch_size=1"]
    assert cli.main(["train", str(tmp_path / "run"), "--nice", "0", *options]) == 2
    assert "calibrated on 2 photos at least" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--photos", "p"], "--photos"),
        (["--set", "data.seed=1", "--evaluate-labels", "folders"], "--set, --evaluate-labels"),
        (["--grey", "skip"], "--grey"),
    ],
)
def test_resume_takes_no_options_of_a_new_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: Sequence[str], named: str
) -> None:
    assert cli.main(["train", str(tmp_path), "--nice", "0", "--resume", *options]) == 2
    assert f"begun with: leave out {named}, or begin a new run" in capsys.readouterr().err


def test_a_folder_without_a_run_is_not_resumed_nor_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["train", str(tmp_path / "absent"), "--nice", "0", "--resume"]) == 2
    assert "holds no run to resume" in capsys.readouterr().err
    assert not (tmp_path / "absent").exists()


@pytest.fixture
def unfinished(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A job whose photos turn out to be unusable while it runs; ``train`` is to be replaced."""
    photos = SimpleNamespace(skipped=[])
    monkeypatch.setattr(command, "assemble", lambda *_, **__: SimpleNamespace(photos=photos))
    return photos


def test_skipped_photos_are_listed_also_after_an_error(
    unfinished: SimpleNamespace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*arguments: Any, **options: Any) -> bool:
        unfinished.skipped.append(Skip("late.png", "missing"))
        raise TrainingError("The disk is gone.")

    monkeypatch.setattr(command, "train", fail)
    assert cli.main(["train", str(tmp_path), "--nice", "0", "--photos", "p"]) == 2
    assert capsys.readouterr().err == "streamscope-training: The disk is gone.\n"
    assert (tmp_path / "skipped.txt").read_text() == "late.png\tmissing\n"


def test_why_a_run_ended_is_said_even_if_the_list_cannot_be_written(
    unfinished: SimpleNamespace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*arguments: Any, **options: Any) -> bool:
        (tmp_path / "skipped.txt").mkdir()
        raise TrainingError("The disk is full.")

    monkeypatch.setattr(command, "train", fail)
    assert cli.main(["train", str(tmp_path), "--nice", "0", "--photos", "p"]) == 2
    assert capsys.readouterr().err == "streamscope-training: The disk is full.\n"
