from __future__ import annotations

import io

from streamscope_training.evaluation.counter import Counter


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Gone(io.StringIO):
    def write(self, text: str) -> int:
        raise BrokenPipeError


def test_elsewhere_than_on_a_terminal_a_line_a_minute() -> None:
    now, stream = [0.0], io.StringIO()
    counter = Counter("photos answered", stream, clock=lambda: now[0])
    for seconds, done in ((30, 1), (61, 2), (62, 3), (130, 4), (131, 5)):
        now[0] = seconds
        counter(done, 5)
    assert stream.getvalue() == "2 of 5 photos answered\n4 of 5 photos answered\n"


def test_a_terminal_shows_one_line_that_stays_when_all_is_done() -> None:
    now, stream = [0.0], Terminal()
    counter = Counter("photos answered", stream, clock=lambda: now[0])
    for done in (1, 2, 3):
        now[0] += 1
        counter(done, 3)
    assert stream.getvalue() == ("\r1 of 3 photos answered\r2 of 3 photos answered\r3 of 3 photos answered\n")


def test_a_terminal_that_is_gone_stops_nothing() -> None:
    now = [0.0]
    counter = Counter("photos answered", Gone(), clock=lambda: now[0])
    now[0] = 61
    counter(1, 1)
