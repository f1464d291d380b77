from __future__ import annotations

import os
import subprocess
import sys

import pytest

from streamscope_training.system.nice import be_nice


@pytest.mark.skipif(not hasattr(os, "nice"), reason="there is no niceness here")
def test_a_process_becomes_nice() -> None:
    script = "import os; from streamscope_training.system.nice import be_nice; be_nice(19); print(os.nice(0))"
    shown = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, timeout=300)
    assert shown.stdout == "19\n"


@pytest.mark.parametrize(("before", "after"), [(0, 10), (5, 10), (10, 10), (19, 19)])
def test_it_never_becomes_less_nice(monkeypatch: pytest.MonkeyPatch, before: int, after: int) -> None:
    niceness = before

    def nice(increment: int) -> int:
        nonlocal niceness
        niceness += increment
        return niceness

    monkeypatch.setattr(os, "nice", nice, raising=False)
    be_nice()
    assert niceness == after


def test_systems_without_it_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "nice", raising=False)
    be_nice()
