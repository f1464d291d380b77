"""Photos that are left out: each with a plain word, in a file that a person can read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..errors import TrainingError
from ..system.disk import reason, write_whole
from .sentences import counted, some

Reason = Literal[
    "broken", "grey", "huge", "missing", "no label", "tiny", "too large for memory", "unreadable"
]
"""Why a photo, or for "unreadable" also a folder, is left out:

- broken: not an image of a known format, damaged, or cut short;
- grey: without any colour;
- huge: more pixels than the limit, as decompression bombs have;
- missing: named by a list or a link, but not there;
- no label: in a labelled set, without one;
- tiny: the short side is under the limit;
- too large for memory: few enough pixels, but not enough memory to decode them;
- unreadable: the system does not let it be read.
"""


@dataclass(frozen=True)
class Skip:
    """What is left out (a photo's path in its set) and why."""

    path: str
    reason: Reason


def summary(skipped: Sequence[Skip]) -> str:
    """One sentence: how many are left out for which reason, with the first few names."""
    if not skipped:
        return "No photo was skipped."
    reasons = Counter(skip.reason for skip in skipped)
    counts = ", ".join(f"{count} {word}" for word, count in sorted(reasons.items()))
    return f"Skipped {counted(len(skipped), 'photo')} ({counts}): {some([skip.path for skip in skipped])}."


def write_skipped(file: Path, skipped: Sequence[Skip]) -> None:
    """Writes a line for every skip, by path: the path, a tab, the reason.

    A line break or a tab in a path is written as ``\\n`` or ``\\t``. The file is there whole or not at all.

    Raises:
        TrainingError: the file cannot be written.
    """
    lines = [f"{_on_one_line(skip.path)}\t{skip.reason}\n" for skip in sorted(skipped, key=lambda s: s.path)]
    try:
        write_whole(file, "".join(lines).encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise TrainingError(
            f"The list of skipped photos cannot be written to {file}: {reason(error)}."
        ) from error


def _on_one_line(path: str) -> str:
    return path.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
