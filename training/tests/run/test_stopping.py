from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from streamscope_training.run.stopping import MESSAGE, StopRequested

#: A run that saves when it is asked to stop; with "hangs", one that never comes to its end after that.
RUN = """
import signal, sys
from streamscope_training.run.stopping import StopRequested
signal.signal(signal.SIGINT, signal.default_int_handler)
with StopRequested() as stop:
    print("runs", flush=True)
    while not stop.requested:
        pass
    print("saves", flush=True)
    while "hangs" in sys.argv:
        pass
print("ends", flush=True)
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are sent to processes on POSIX only")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_first_signal_lets_the_run_save_and_end(number: signal.Signals) -> None:
    arguments = [sys.executable, "-c", RUN]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "runs\n"
        process.send_signal(number)
        out, err = process.communicate(timeout=300)
    assert out == "saves\nends\n"
    assert err == f"\n{MESSAGE}\n"
    assert process.returncode == 0


@pytest.mark.parametrize("second", [signal.SIGINT, signal.SIGTERM])
def test_the_second_signal_ends_a_run_that_hangs(second: signal.Signals) -> None:
    arguments = [sys.executable, "-c", RUN, "hangs"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "runs\n"
        process.send_signal(signal.SIGINT)
        assert process.stdout.readline() == "saves\n"
        process.send_signal(second)
        out, err = process.communicate(timeout=300)
    assert out == ""
    assert err == f"\n{MESSAGE}\n"
    assert process.returncode == -second


def test_the_handlers_are_as_before_when_it_is_over() -> None:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    with StopRequested() as stop:
        assert not stop.requested
        signal.raise_signal(signal.SIGTERM)
        assert stop.requested
    assert [signal.getsignal(number) for number in numbers] == before


def test_what_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with StopRequested() as stop:
            signal.raise_signal(signal.SIGHUP)
            assert not stop.requested
    finally:
        signal.signal(signal.SIGHUP, before)
