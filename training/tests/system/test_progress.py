from __future__ import annotations

import io
import os
import shutil

import pytest

from streamscope_training.system.progress import Progress, duration


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_elsewhere_it_is_a_line_a_minute_and_the_last(clock: Clock) -> None:
    stream = io.StringIO()
    progress = Progress(1000, 0, stream, clock)
    for step in range(1, 1001):
        clock.now += 1
        progress.show(step, step / 500, 2.0 / step, 32.0)
    progress.end()
    lines = stream.getvalue().splitlines()
    assert len(lines) == 18
    assert lines[0] == "step 1/1000, epoch 0.00, loss 2, 32.0 images/s, 17 min left"
    assert lines[1] == "step 61/1000, epoch 0.12, loss 0.03279, 32.0 images/s, 16 min left"
    assert lines[-1] == "step 1000/1000, epoch 2.00, loss 0.002, 32.0 images/s, 0 s left"


def test_the_time_left_of_a_resumed_run_is_from_its_own_steps(clock: Clock) -> None:
    stream = io.StringIO()
    progress = Progress(1000, 900, stream, clock)
    clock.now += 2
    progress.show(901, 1.8, 1.0, 32.0)
    assert stream.getvalue().endswith(", 3 min left\n")


def test_a_terminal_has_one_line_of_its_width(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((30, 24)))
    stream = Terminal()
    progress = Progress(10, 0, stream, clock)
    progress.show(1, 0.1, 5.0, 1.0)
    progress.show(2, 0.2, 4.0, 1.0)
    clock.now += 1
    progress.show(3, 0.3, 3.0, 1.0)
    progress.say("Saved.")
    progress.end()
    # The second came too soon after the first.
    assert stream.getvalue() == (
        "\rstep 1/10, epoch 0.10, loss 5\rstep 3/10, epoch 0.30, loss 3\rSaved.                       \n"
    )


def test_what_comes_after_the_line_of_a_terminal_begins_a_new_one(clock: Clock) -> None:
    stream = Terminal()
    progress = Progress(10, 0, stream, clock)
    progress.show(1, 0.1, 5.0, 1.0)
    for _ in range(2):
        progress.end()
    assert stream.getvalue().count("\n") == 1
    assert stream.getvalue().endswith("\n")


def test_lines_that_stay_are_plain_elsewhere(clock: Clock) -> None:
    stream = io.StringIO()
    progress = Progress(10, 0, stream, clock)
    progress.say("Saved.")
    progress.end()
    assert stream.getvalue() == "Saved.\n"


def test_a_terminal_that_is_gone_does_not_stop_the_run(clock: Clock) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    # Unbuffered below, so that nothing is left to be written when it is closed.
    raw = os.fdopen(writer, "wb", buffering=0)
    with io.TextIOWrapper(raw, write_through=True) as stream:
        progress = Progress(10, 0, stream, clock)
        progress.show(10, 1.0, 1.0, 1.0)
        progress.say("Saved.")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (59.4, "59 s"),
        (59.6, "1 min"),
        (3569, "59 min"),
        (3571, "1 h 00 min"),
        (11100, "3 h 05 min"),
    ],
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text
