"""The log of a run: one JSON object a line, appended as the run goes.

Every line has ``step``, the number of steps done. Lines of training have ``epoch``, ``seconds``,
``learning_rate``, ``losses`` (by name) and ``images_per_second``: losses, the seconds of a step and the speed
are means since the line before, evaluations and checkpoints left out. Lines of an evaluation have
``evaluation`` (figures by name); warnings have ``warning``, a sentence; the first line may have ``start``,
the figures of the early check.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from ..errors import TrainingError
from ..system.disk import reason

LOG = "log.jsonl"


class RunLog:
    """Appends lines. When a run resumes, the lines after the step it resumes at are taken out, so that the
    curve has no doubles, and a half-written last line too.
    """

    def __init__(self, path: Path, resume_at: int | None) -> None:
        """Opens the log of a run that goes on after ``resume_at`` steps, or begins one: None. Raises
        TrainingError if the file cannot be written, is no log, or is there when a run begins.
        """
        self._path = path
        if resume_at is None and path.exists():
            raise TrainingError(
                f"{path} is there from an earlier run; resume that, or choose another folder."
            )
        try:
            length = _length_up_to(path, resume_at) if resume_at is not None and path.exists() else 0
            # Without a buffer: after an error nothing is left that would be written later.
            self._file = path.open("ab", buffering=0)
            self._file.truncate(length)
        except OSError as error:
            raise self._refused(error) from error

    def write(self, line: Mapping[str, Any]) -> None:
        """Appends a line of plain values; numbers that are not finite become null, as JSON has no word for
        them. Raises TrainingError if the disk refuses.
        """
        rest = memoryview(json.dumps(_finite(line), allow_nan=False).encode() + b"\n")
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            raise self._refused(error) from error

    def __enter__(self) -> RunLog:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def _refused(self, error: OSError) -> TrainingError:
        return TrainingError(f"Cannot write the log {self._path}: {reason(error)}.")


def read_log(path: Path) -> list[dict[str, Any]]:
    """The lines of a log, without a half-written last one. Raises TrainingError if the file cannot be read,
    or is no log.
    """
    try:
        return [line for line, _ in _lines(path)]
    except OSError as error:
        raise TrainingError(f"Cannot read the log {path}: {reason(error)}.") from error


def _lines(path: Path) -> list[tuple[dict[str, Any], int]]:
    """Every whole line, and its length in bytes."""
    lines = []
    for number, text in enumerate(path.read_bytes().splitlines(keepends=True), start=1):
        if not text.endswith(b"\n"):
            break
        try:
            line = json.loads(text)
            known = isinstance(line["step"], int)
        except (ValueError, TypeError, KeyError, RecursionError):
            known = False
        if not known:
            raise TrainingError(
                f"{path} is no log of a training run: line {number} is not an object with a step; "
                "move the file away, or mend the line."
            )
        lines.append((line, len(text)))
    return lines


def _length_up_to(path: Path, step: int) -> int:
    """How many bytes come before the first line of a later step."""
    length = 0
    for line, size in _lines(path):
        if line["step"] > step:
            break
        length += size
    return length


def _finite(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
