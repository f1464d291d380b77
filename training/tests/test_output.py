from __future__ import annotations

import errno
import io
import sys

import pytest

from streamscope_training.errors import TrainingError
from streamscope_training.output import flush, note, say


class Refusing(io.StringIO):
    """A stream of a disk or a pipe that takes nothing."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self._error = error

    def flush(self) -> None:
        raise self._error


FULL = OSError(errno.ENOSPC, "No space left on device")
NO_READER = BrokenPipeError(errno.EPIPE, "Broken pipe")


def test_what_is_said_is_there_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(file, encoding="utf-8"))
    say("Wrote a file.")
    assert file.getvalue() == b"Wrote a file.\n"


@pytest.mark.parametrize("write", [flush, lambda: say("Something.")], ids=["flush", "say"])
def test_output_that_takes_nothing_is_a_sentence(monkeypatch: pytest.MonkeyPatch, write: object) -> None:
    assert callable(write)
    monkeypatch.setattr(sys, "stdout", Refusing(FULL))
    with pytest.raises(TrainingError, match=r"Cannot write to standard output: the disk is full\."):
        write()
    monkeypatch.setattr(sys, "stdout", Refusing(NO_READER))
    with pytest.raises(BrokenPipeError):
        write()


def test_output_that_is_closed_is_missed_only_by_who_has_something_to_say(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    flush()
    with pytest.raises(TrainingError, match="Standard output is closed"):
        say("Something.")


def test_a_note_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    note("Something.")
    assert tuple(capsys.readouterr()) == ("", "Something.\n")


def test_a_note_that_nobody_takes_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Refusing(FULL))
    note("Something.")
