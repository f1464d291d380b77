"""What a run works on, kept in its folder so that it can be resumed by naming the folder alone."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import TrainingError
from ..system.disk import reason, write_file

FILE = "inputs.json"


@dataclass(frozen=True)
class Inputs:
    """Absolute paths, and the options that go with them."""

    photos: tuple[str, ...]
    exclude: tuple[str, ...]
    labels: str | None
    classes: str | None
    grey: str
    start: str
    teacher: str | None
    evaluation_photos: str | None
    evaluation_labels: str | None
    cache: str


def write_inputs(run: Path, inputs: Inputs) -> None:
    """Writes them into a run's folder. Raises TrainingError if the disk refuses."""
    write_file(run / FILE, (json.dumps(dataclasses.asdict(inputs), indent=2) + "\n").encode())


def read_inputs(run: Path) -> Inputs:
    """Reads them again. Raises TrainingError if the folder is not that of a run."""
    file = run / FILE
    try:
        return _checked(json.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise TrainingError(
            f"{run} holds no run to resume: {file} cannot be read: {reason(error)}."
        ) from error
    except (ValueError, TypeError, KeyError) as error:
        raise TrainingError(f"{file} was changed and cannot be read; begin a new run.") from error


def _checked(values: Any) -> Inputs:
    """Raises ValueError, TypeError or KeyError for values that ``write_inputs`` has not written."""
    for name in ("photos", "exclude"):
        if not isinstance(values[name], list):
            raise TypeError(name)
    inputs = Inputs(**{**values, "photos": tuple(values["photos"]), "exclude": tuple(values["exclude"])})
    needed = (*inputs.photos, *inputs.exclude, inputs.grey, inputs.start, inputs.cache)
    others = (
        inputs.labels,
        inputs.classes,
        inputs.teacher,
        inputs.evaluation_photos,
        inputs.evaluation_labels,
    )
    if not all(isinstance(text, str) for text in (*needed, *(text for text in others if text is not None))):
        raise TypeError("not text")
    return inputs
