from __future__ import annotations

import ctypes
import sys
from types import SimpleNamespace

import pytest

from streamscope_training.run.memory import give_freed_memory_back, keep_freed_memory


def test_glibc_is_told_to_keep_blocks_below_a_gigabyte(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: dict[int, int] = {}
    library = SimpleNamespace(mallopt=lambda option, value: calls.update({option: value}))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda name: library)
    keep_freed_memory()
    # M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of malloc.h.
    assert calls == {-1: 2**31 - 1, -3: 2**30}


def test_glibc_is_told_to_give_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace(malloc_trim=calls.append))
    give_freed_memory_back()
    assert calls == [0]


def test_a_library_without_it_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    opened: list[object] = []
    monkeypatch.setattr(ctypes, "CDLL", lambda name: opened.append(name) or SimpleNamespace())
    keep_freed_memory()
    give_freed_memory_back()
    assert opened == [None] * 3


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_elsewhere_nothing_is_done(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    opened: list[object] = []
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(ctypes, "CDLL", opened.append)
    keep_freed_memory()
    give_freed_memory_back()
    assert opened == []
