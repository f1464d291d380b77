from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from support.pictures import noise, save

from streamscope_training.data import decode_many
from streamscope_training.data.decode import TRAINING_RULES
from streamscope_training.data.decode_many import CHUNK, decode_squares
from streamscope_training.errors import TrainingError


def folder_with_faults(folder: Path, count: int) -> list[str]:
    for index in range(count):
        save(folder / f"{index}.png", noise(64, 64 + index, index))
    (folder / "5.png").write_bytes(b"")
    (folder / f"{count - 1}.png").unlink()
    return [str(folder / f"{index}.png") for index in range(count)]


def test_processes_give_the_same_in_the_same_order(tmp_path: Path) -> None:
    files = folder_with_faults(tmp_path, 2 * CHUNK + 3)
    here = list(decode_squares(files, TRAINING_RULES, processes=1))
    there = list(decode_squares(files, TRAINING_RULES, processes=2))
    assert len(here) == len(there) == len(files)
    assert [(at, one) for at, one in enumerate(here) if isinstance(one, str)] == [
        (5, "broken"),
        (len(files) - 1, "missing"),
    ]
    for one, other in zip(here, there, strict=True):
        assert np.array_equal(one, other)


def test_a_process_that_dies_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode_many, "_begin_process", os.abort)
    with pytest.raises(TrainingError, match="ended unexpectedly"):
        list(decode_squares(["a.png"] * (CHUNK + 1), TRAINING_RULES, processes=2))
