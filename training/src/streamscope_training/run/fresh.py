"""Whether a run may begin in a folder."""

from __future__ import annotations

from pathlib import Path

from ..errors import TrainingError
from ..system.checkpoint import BEST, LAST, PREVIOUS
from ..system.disk import reason
from .log import LOG


def make_fresh(run: Path) -> None:
    """Refuses a folder with a checkpoint, and leaves it as it is. A log without one is of a run that ended
    before it saved anything: it is removed.

    Raises TrainingError.
    """
    for name in (LAST, PREVIOUS, BEST):
        if (run / name).exists():
            raise TrainingError(
                f"{run} holds a run already, with {name}: resume it with --resume, or choose another folder."
            )
    try:
        (run / LOG).unlink(missing_ok=True)
    except OSError as error:
        raise TrainingError(f"Cannot remove {run / LOG}: {reason(error)}.") from error
