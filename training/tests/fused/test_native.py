from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from streamscope_training.fused import native
from streamscope_training.fused.native import address, in_parts, library, split

needs_compiler = pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
needs_sh = pytest.mark.skipif(sys.platform == "win32", reason="no shell scripts")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder for what is compiled; nothing of it is kept after the test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    library.cache_clear()
    yield tmp_path / "cache" / "streamscope-training"
    library.cache_clear()


def compiler(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Puts a compiler in place of all others."""
    file = folder / "cc"
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(file) if name == "cc" else None)


def test_there_is_none_without_a_compiler(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert library() is None
    assert not cache.exists()


@needs_sh
@pytest.mark.parametrize(
    "script",
    ["exit 1", "exit 0", 'while [ "$1" != -o ]; do shift; done; echo text > "$2"'],
    ids=["fails", "writes nothing", "writes no library"],
)
def test_there_is_none_with_a_compiler_that_does_not_do_it(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    compiler(tmp_path, monkeypatch, script)
    assert library() is None


@needs_compiler
def test_there_is_none_where_nothing_can_be_written(cache: Path) -> None:
    cache.parent.write_text("no folder", encoding="utf-8")
    assert library() is None


@needs_compiler
def test_there_is_none_for_a_user_without_a_home(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", none)
    assert library() is None


@needs_sh
@needs_compiler
def test_it_is_compiled_once(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "log"
    compiler(tmp_path, monkeypatch, f'echo run >> "{log}"\nexec "{shutil.which("cc")}" "$@"')
    assert library() is not None
    library.cache_clear()
    assert library() is not None
    assert log.read_text(encoding="utf-8").splitlines() == ["run"]
    # Nothing else stays.
    assert [file.suffix for file in cache.iterdir()] == [".so"]


@needs_compiler
def test_another_processor_gets_its_own(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("this", "that"):
        monkeypatch.setattr(native, "_processor", lambda name=name: name)
        library.cache_clear()
        assert library() is not None
    assert len(list(cache.iterdir())) == 2


@pytest.mark.parametrize("threads", [1, 2, 3, 7])
@pytest.mark.parametrize("rows", [1, 2, 7, 8, 1000, 1001])
def test_parts_cover_all_rows_in_order_and_depend_on_threads_alone(
    monkeypatch: pytest.MonkeyPatch, threads: int, rows: int
) -> None:
    monkeypatch.setattr(torch, "get_num_threads", lambda: threads)
    parts = split(rows)
    assert [row for first, count in parts for row in range(first, first + count)] == list(range(rows))
    assert 1 <= len(parts) <= threads
    assert max(count for _, count in parts) == -(-rows // threads)
    assert split(rows) == parts


@pytest.mark.parametrize("threads", [1, 3])
def test_work_is_done_for_each_part(monkeypatch: pytest.MonkeyPatch, threads: int) -> None:
    monkeypatch.setattr(torch, "get_num_threads", lambda: threads)
    done: list[tuple[int, int, int]] = []
    in_parts(10, lambda part, first, count: done.append((part, first, count)))
    assert sorted(done) == [(i, first, count) for i, (first, count) in enumerate(split(10))]


def test_what_fails_in_a_part_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch, "get_num_threads", lambda: 2)

    def work(part: int, first: int, count: int) -> None:
        if part == 1:
            raise ValueError("part 1")

    with pytest.raises(ValueError, match="part 1"):
        in_parts(10, work)


def test_a_row_begins_after_those_before_it() -> None:
    values = torch.zeros(4, 3, dtype=torch.bfloat16)
    assert address(values, 2, 3).value == values[2].data_ptr()
    assert address(None, 2, 3).value is None
