from __future__ import annotations

from typing import Any

import pytest
import torch

from streamscope_training.run.machine import changes, machine


def test_it_is_what_pytorch_and_the_compiler_say(monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine()["threads"] == torch.get_num_threads()
    monkeypatch.setattr("streamscope_training.run.machine.library", lambda: None)
    assert machine()["compiled"] is False


@pytest.mark.parametrize(
    ("then", "told"),
    [
        ({"compiled": True, "threads": 2}, None),
        # A checkpoint of before this was kept.
        ({}, None),
        ({"compiled": True, "threads": 8}, "It goes on in 2 threads in place of 8: its losses may differ"),
        ({"compiled": False, "threads": 2}, "It goes on with a C compiler: "),
        ({"compiled": False, "threads": 1}, "It goes on with a C compiler and in 2 threads in place of 1: "),
    ],
)
def test_a_run_is_told_what_changed(then: dict[str, Any], told: str | None) -> None:
    found = changes(then, {"compiled": True, "threads": 2})
    assert found is None if told is None else str(found).startswith(told)
