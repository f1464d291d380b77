from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.pictures import noise, save

from streamscope_training import cli
from streamscope_training.evaluation.answers import Answers, read_answers, write_answers
from streamscope_training.export.read_back import start_from_qonnx
from streamscope_training.network.start import to_npz
from streamscope_training.paths import shipped_export, shipped_package


@pytest.fixture(autouse=True)
def _stay_as_nice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Niceness is for good, and would be the other tests' too."""
    monkeypatch.setattr("streamscope_training.evaluation.command.be_nice", lambda: None)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    for seed in range(3):
        save(tmp_path / "photos" / f"{seed}.png", noise(256, 256, seed))
    return tmp_path / "photos"


def evaluate(*options: object) -> int:
    return cli.main(["evaluate", *map(str, options), "--processes", "1"])


def of_shipped(photos: Path, table: Path) -> Answers:
    assert evaluate("--photos", photos, "--csv", table) == 0
    return read_answers(table)


def labelled(answers: Answers, file: Path) -> Path:
    """A list that calls the first photo by its best class, the second by its fifth, the third by none."""
    first, second, third = answers.classes.tolist()
    wrong = next(index for index in range(1000) if index not in third)
    rows = zip(answers.paths, (first[0], second[4], wrong), strict=True)
    file.write_text("".join(f"{path} {label}\n" for path, label in rows))
    return file


def test_the_shipped_model_is_measured_by_a_list(
    photos: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = of_shipped(photos, tmp_path / "answers.csv")
    assert answers.labels is None
    labels = labelled(answers, tmp_path / "labels.txt")
    capsys.readouterr()

    assert (
        evaluate("--photos", photos, "--labels", labels, "--against", tmp_path / "answers.csv", "--json") == 0
    )
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert report["network"] == str(shipped_package())
    assert (report["photos"], report["top1"], report["top5"]) == (3, 1, 2)
    assert (report["comparison"]["same_top1"], report["comparison"]["same_top5"]) == (3, 3)

    assert evaluate("--photos", photos, "--labels", labels, "--limit", 1) == 0
    assert "top-1  100.0%" in capsys.readouterr().out


def test_a_network_is_compared_photo_by_photo(
    photos: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = of_shipped(photos, tmp_path / "answers.csv")
    turned = answers.classes[:, ::-1].copy()
    write_answers(tmp_path / "turned.csv", Answers(answers.paths, None, turned))
    capsys.readouterr()
    assert (
        evaluate("--photos", photos, "--model", shipped_package(), "--against", tmp_path / "turned.csv") == 0
    )
    assert "the same best class on 0" in capsys.readouterr().out


def test_agreement_says_which_layers_differ_and_ends_with_1_if_it_is_a_fault(
    photos: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate("--agreement", "--photos", photos, "--limit", 1) == 0
    assert "None differs by more: the networks are the same." in capsys.readouterr().out
    start = start_from_qonnx(shipped_export())
    start.bias[7] += 1
    (tmp_path / "other.npz").write_bytes(to_npz(start))
    assert evaluate("--agreement", "--photos", photos, "--start", tmp_path / "other.npz", "--json") == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["photos"], report["faults"]) == (3, 3)
    assert [layer["name"] for layer in report["layerwise"] if layer["differing"] > layer["by_rounding"]] == [
        "logits"
    ]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ([], "Say which photos to evaluate on: --photos FOLDER."),
        (["--photos", "P"], "Without labels there is nothing to count: give --labels LIST"),
        (["--photos", "P", "--csv", "nowhere/a.csv"], "there is no folder nowhere."),
        (["--photos", "P", "--csv", "T", "--model", "P", "--start", "a.npz"], "several: --model or --start"),
        (["--photos", "P", "--csv", "T", "--model", "P"], "There is no readable model package in"),
        (["--photos", "P", "--csv", "T", "--limit", "0"], "The limit is 0 photos"),
        (["--photos", "nowhere", "--csv", "T"], "There is no folder 'nowhere': name a folder of photos."),
        (["--photos", "P", "--labels", "folders"], "None of the photos has a label"),
        (["--photos", "P", "--labels", "nowhere.csv"], "cannot be read from 'nowhere.csv'"),
        (["--agreement", "--model", "P"], "was made from: --checkpoint, --start or --against."),
        (["--agreement", "--against", "a.csv"], "a.csv is no Brevitas network"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_a_sentence_and_ends_with_2(
    photos: Path, tmp_path: Path, options: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    named = {"P": str(photos), "T": str(tmp_path / "table.csv")}
    assert evaluate(*(named.get(option, option) for option in options)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("streamscope-training: ")
    assert sentence in said.err
    assert not (tmp_path / "table.csv").exists()


def test_photos_that_are_left_out_are_named(
    photos: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (photos / "0.png").write_bytes(b"no image")
    answers = of_shipped(photos, tmp_path / "table.csv")
    assert answers.paths == ("1.png", "2.png")
    assert "Skipped 1 photo (1 broken): '0.png'." in capsys.readouterr().err
