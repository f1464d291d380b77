from __future__ import annotations

import csv
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from streamscope_training.errors import TrainingError
from streamscope_training.run.plot import write_csv, write_svg

LINES: list[dict[str, Any]] = [
    {
        "step": step,
        "epoch": step / 4,
        "learning_rate": 1e-3 / step,
        "losses": {"logits": 1000.0 / 10**step, "blocks": None if step == 3 else 2.0},
    }
    for step in range(1, 7)
]
LINES.insert(3, {"step": 3, "epoch": 0.75, "evaluation": {"top1": 0.655, "top5": 0.88, "photos": 990}})
LINES.append({"step": 6, "warning": "Such a loss, and a comma."})


def words(path: Path) -> set[str]:
    """Text of a picture: it is drawn as outlines, with the words in comments."""
    content = path.read_text()
    ET.fromstring(content)
    return set(re.findall("<!-- (.*?) -->", content))


@pytest.mark.parametrize("against", ["step", "epoch"])
def test_a_picture_has_the_curves_and_their_names(tmp_path: Path, against: Any) -> None:
    path = tmp_path / "curves.svg"
    write_svg(LINES, path, against)
    shown = words(path)
    assert {"loss", "learning rate", "evaluation", "logits", "blocks", "top1", "top5", against} <= shown
    assert "photos" not in shown
    # The scale of losses goes by powers of ten, from 100 to 0.001.
    assert any("10^{2}" in word for word in shown)
    assert any("10^{-3}" in word for word in shown)


def test_a_picture_needs_nothing_else_and_is_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one.svg", "two.svg"):
        write_svg(LINES, tmp_path / name)
    content = (tmp_path / "one.svg").read_text()
    assert "<text" not in content
    assert "<image" not in content
    assert (tmp_path / "two.svg").read_text() == content


def test_a_log_of_losses_only(tmp_path: Path) -> None:
    path = tmp_path / "curves.svg"
    write_svg([{"step": 1, "losses": {"total": 2.0}}, {"step": 2, "losses": {"total": 1.0}}], path)
    assert "total" in words(path)
    assert "evaluation" not in words(path)


def test_nothing_to_plot(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="no lines to plot yet"):
        write_svg([{"step": 1, "warning": "Hm."}], tmp_path / "curves.svg")


def test_without_matplotlib_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(TrainingError, match=r'pip install "streamscope-training\[plot\]"'):
        write_svg(LINES, tmp_path / "curves.svg")


def test_a_table_has_a_column_for_every_name(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    write_csv(LINES, path)
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [
        "step",
        "epoch",
        "learning_rate",
        "losses.logits",
        "losses.blocks",
        "evaluation.top1",
        "evaluation.top5",
        "evaluation.photos",
        "warning",
    ]
    assert [row["step"] for row in rows] == ["1", "2", "3", "3", "4", "5", "6", "6"]
    assert float(rows[1]["losses.logits"]) == 10.0
    assert rows[2]["losses.blocks"] == ""
    assert rows[3]["evaluation.top1"] == "0.655"
    assert rows[3]["losses.logits"] == ""
    assert rows[-1]["warning"] == "Such a loss, and a comma."


def test_a_disk_that_refuses(tmp_path: Path) -> None:
    for write in (write_svg, write_csv):
        with pytest.raises(TrainingError, match=r"Cannot write .*: there is no such file or folder"):
            write(LINES, tmp_path / "absent" / "file")
