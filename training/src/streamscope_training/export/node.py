"""The repository's own tools, which run on Node.js."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from ..errors import TrainingError
from ..paths import repository


def check_tools(*programs: str) -> None:
    """Raises TrainingError, which says what to install, if one of the programs is missing, or what the
    repository's tools need.
    """
    for program in programs:
        _program(program)
    _root()


def run_compiler(*arguments: str | os.PathLike[str]) -> subprocess.CompletedProcess[str]:
    """Runs ``streamscope ARGUMENTS`` and keeps what it says. Raises TrainingError as ``check_tools`` does."""
    return subprocess.run(
        [_program("node"), str(_root() / "bin" / "streamscope.mjs"), *arguments],
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )


def run_script(script: str, *arguments: str | os.PathLike[str]) -> int:
    """Runs ``npm run SCRIPT -- ARGUMENTS``, which speaks for itself, and returns its exit status. Raises
    TrainingError as ``check_tools`` does.
    """
    command = [_program("npm"), "run", "--silent", script, "--", *arguments]
    return subprocess.run(command, cwd=_root(), check=False).returncode


def _root() -> Path:
    root = repository()
    # Found missing by the tools themselves, they would be downloaded without a question.
    if not (root / "node_modules").is_dir():
        raise TrainingError(f"The compiler's packages are not installed: run npm ci in {root}.")
    return root


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise TrainingError(f"There is no {name} here: install Node.js 20.19 or newer, from nodejs.org.")
    return found
