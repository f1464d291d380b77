from __future__ import annotations

import argparse
import errno
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from streamscope_training import cli
from streamscope_training.errors import TrainingError

COMMANDS = ["train", "evaluate", "export", "plot"]


def use(monkeypatch: pytest.MonkeyPatch, run: Callable[[argparse.Namespace], int]) -> None:
    """Puts this in the place of what every command does."""
    module = SimpleNamespace(add_arguments=lambda parser: None, run=run)
    monkeypatch.setattr(cli, "import_module", lambda name, package: module)


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["--help"])
    assert end.value.code == 0
    said = capsys.readouterr().out
    assert all(f"\n    {name} " in said for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main([name, "--help"])
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: streamscope-training {name} ")


@pytest.mark.parametrize(("arguments", "named"), [(["trian"], "'trian'"), ([], "COMMAND")])
def test_other_commands_are_refused(
    arguments: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    assert end.value.code == 2
    assert named in capsys.readouterr().err


@pytest.mark.parametrize("status", [0, 3])
def test_the_status_is_the_commands(monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    use(monkeypatch, lambda arguments: status)
    assert cli.main(["plot"]) == status


def test_the_arguments_are_those_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["streamscope-training", "plot"])
    use(monkeypatch, lambda arguments: 4 if arguments.command == "plot" else 5)
    assert cli.main() == 4


def test_a_mistake_is_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def run(arguments: argparse.Namespace) -> int:
        raise TrainingError("There is no such photo.")

    use(monkeypatch, run)
    assert cli.main(["plot"]) == 2
    assert capsys.readouterr().err == "streamscope-training: There is no such photo.\n"


def test_ctrl_c_leaves_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(arguments: argparse.Namespace) -> int:
        raise KeyboardInterrupt

    use(monkeypatch, run)
    assert cli.main(["plot"]) == 130
    assert capsys.readouterr().err == "streamscope-training: interrupted.\n"


def test_what_brevitas_warns_of_at_every_run_is_not_shown_and_all_else_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def run(arguments: argparse.Namespace) -> int:
        warnings.warn("Named tensors and all their associated APIs are experimental.", stacklevel=1)
        warnings.warn("Something else.", stacklevel=1)
        return 0

    use(monkeypatch, run)
    with warnings.catch_warnings(record=True) as shown:
        warnings.simplefilter("always")
        assert cli.main(["plot"]) == 0
    assert [str(warning.message) for warning in shown] == ["Something else."]


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("[enforce fail] DefaultCPUAllocator: not enough memory: you tried to allocate 9 bytes."),
        RuntimeError("std::bad_alloc"),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
    ],
    ids=repr,
)
def test_a_want_of_memory_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    def run(arguments: argparse.Namespace) -> int:
        raise error

    use(monkeypatch, run)
    assert cli.main(["plot"]) == 2
    assert capsys.readouterr().err == (
        "streamscope-training: There is not enough memory: end other programs, or give train a smaller"
        " data.batch_size or prepare.calibration_photos, and evaluate --processes 1.\n"
    )


@pytest.mark.parametrize("allocate", [torch.empty, np.empty])
def test_what_the_libraries_raise_is_known_as_such(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], allocate: Callable[[int], object]
) -> None:
    # More than there are addresses.
    use(monkeypatch, lambda arguments: bool(allocate(2**58)))
    assert cli.main(["plot"]) == 2
    assert "There is not enough memory" in capsys.readouterr().err


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("mat1 and mat2 shapes cannot be multiplied"),
        RecursionError("maximum recursion depth exceeded"),
        OSError(errno.ENOSPC, "No space left on device"),
        ValueError("not enough memory"),
    ],
    ids=repr,
)
def test_a_fault_of_the_program_is_not_hidden(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def run(arguments: argparse.Namespace) -> int:
        raise error

    use(monkeypatch, run)
    with pytest.raises(type(error), match=re.escape(str(error))):
        cli.main(["plot"])


#: Runs a command that only does this.
DOES = """
import sys
from types import SimpleNamespace
from streamscope_training import cli, output
module = SimpleNamespace(add_arguments=lambda parser: None, run=lambda arguments: {} or 0)
cli.import_module = lambda name, package: module
sys.exit(cli.main(["plot"]))
"""
#: The second waits for the end, the third is more than can wait.
SAYS = ["output.say('something')", "print('something')", "output.say(100_000 * 'x')"]
#: Where this is set, nothing waits.
BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
CLOSED = b"streamscope-training: Standard output is closed: let it go to a terminal, a file or a pipe.\n"


def does(what: str) -> list[str]:
    return [sys.executable, "-c", DOES.format(what)]


@pytest.mark.parametrize("what", SAYS)
def test_a_reader_that_has_gone_leaves_no_traceback(what: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        ended = subprocess.run(does(what), env=BUFFERED, stdout=writer, stderr=subprocess.PIPE, timeout=300)
    finally:
        os.close(writer)
    assert (ended.returncode, ended.stderr) == (cli.NOBODY_READS, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no disk that is always full")
@pytest.mark.parametrize("what", SAYS)
def test_a_full_disk_under_standard_output_is_a_sentence(what: str) -> None:
    with open("/dev/full", "wb") as full:
        ended = subprocess.run(does(what), env=BUFFERED, stdout=full, stderr=subprocess.PIPE, timeout=300)
    sentence = b"streamscope-training: Cannot write to standard output: the disk is full.\n"
    assert (ended.returncode, ended.stderr) == (2, sentence)


@pytest.mark.skipif(os.name != "posix", reason="the shell is a POSIX one")
@pytest.mark.parametrize(
    ("what", "closed", "ending"),
    [
        ("output.say('something')", ">&-", (2, b"", CLOSED)),
        ("None", ">&-", (0, b"", b"")),
        # What is meant for standard error does not end in standard output.
        ("output.note('something')", "2>&-", (0, b"", b"")),
        ("sys.stderr.isatty()", "2>&-", (0, b"", b"")),
    ],
)
def test_streams_that_are_closed_leave_no_traceback(
    what: str, closed: str, ending: tuple[int, bytes, bytes]
) -> None:
    command = ["sh", "-c", f'exec "$0" "$@" {closed}', *does(what)]
    ended = subprocess.run(command, capture_output=True, timeout=300)
    assert (ended.returncode, ended.stdout, ended.stderr) == ending


def test_help_does_not_wait_for_pytorch() -> None:
    code = (
        "import sys\n"
        "from streamscope_training import cli\n"
        "try:\n"
        "    cli.main(['plot', '--help'])\n"
        "finally:\n"
        "    assert 'torch' not in sys.modules\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=300)
    assert (ended.returncode, ended.stderr) == (0, b"")
