from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import pytest

from streamscope_training.data.held_file import create_held, remove_unless_held

HOLDS = """
import sys
from pathlib import Path
from streamscope_training.data.held_file import create_held
with create_held(Path(sys.argv[1])):
    print("holds", flush=True)
    sys.stdin.read()
"""


def test_a_file_is_held_until_its_process_ends_in_whatever_way(tmp_path: Path) -> None:
    file = tmp_path / "grows"
    arguments = [sys.executable, "-c", HOLDS, str(file)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "holds\n"
        remove_unless_held(file)
        assert file.exists()
        process.kill()
        process.wait(timeout=300)
    remove_unless_held(file)
    assert not file.exists()


def test_a_file_is_held_until_it_is_closed(tmp_path: Path) -> None:
    file = tmp_path / "grows"
    with create_held(file) as stream:
        remove_unless_held(file)
        stream.write(b"whole")
    assert file.read_bytes() == b"whole"
    remove_unless_held(file)
    assert not file.exists()


def test_a_file_that_is_gone_is_removed_already(tmp_path: Path) -> None:
    remove_unless_held(tmp_path / "gone")


def test_a_file_that_exists_is_not_made_again(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        create_held(tmp_path / "there")
    assert (tmp_path / "there").read_bytes() == b"mine"


def test_a_file_removed_before_it_was_held_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl")
    file = tmp_path / "grows"
    lock = fcntl.flock
    late = [True]

    def removed_at_first(stream: BinaryIO, operation: int) -> None:
        if late:
            late.clear()
            remove_unless_held(file)
        lock(stream, operation)

    monkeypatch.setattr(fcntl, "flock", removed_at_first)
    with create_held(file):
        assert late == []
        remove_unless_held(file)
        assert file.exists()


def test_on_a_disk_without_locks_nothing_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")

    def refuse(stream: BinaryIO, operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with create_held(tmp_path / "grows"):
        remove_unless_held(tmp_path / "grows")
        assert not (tmp_path / "grows").exists()
