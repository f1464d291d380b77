from __future__ import annotations

import argparse
import os
import subprocess
import sys
import warnings
from collections.abc import Callable
from types import SimpleNamespace

import pytest

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


SAYS_SOMETHING = """
import sys
from types import SimpleNamespace
from streamscope_training import cli
module = SimpleNamespace(add_arguments=lambda parser: None, run=lambda arguments: print("something") or 0)
cli.import_module = lambda name, package: module
sys.exit(cli.main(["plot"]))
"""


def test_a_reader_that_has_gone_leaves_no_traceback() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        command = [sys.executable, "-c", SAYS_SOMETHING]
        ended = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, timeout=300)
    finally:
        os.close(writer)
    assert (ended.returncode, ended.stderr) == (cli.NOBODY_READS, b"")


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
