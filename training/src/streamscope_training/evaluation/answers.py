"""What a network says of every photo of a set, and the table that keeps it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from ..data.batches import evaluation_batches
from ..data.cache import Progress
from ..data.photo_set import PhotoSet
from ..data.skips import summary
from ..errors import TrainingError
from ..network.ranking import BEST
from ..system.disk import reason, write_file

#: Images uint8 (N, 3, 224, 224), RGB -> classes int64 (N, 5), best first.
Predictor = Callable[[Tensor], Tensor]

_HEADER = ["path", "label", *(f"class{place}" for place in range(1, BEST + 1))]


@dataclass(frozen=True)
class Answers:
    """Photos by their paths, and what was said of each."""

    paths: tuple[str, ...]
    #: int64 (N,), or None without labels.
    labels: NDArray[np.int64] | None
    #: int64 (N, 5), best first.
    classes: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.paths)

    def right(self, best: int) -> NDArray[np.bool_]:
        """Whether the label is among the ``best`` first classes, (N,). Only for labelled answers."""
        assert self.labels is not None
        found: NDArray[np.bool_] = (self.classes[:, :best] == self.labels[:, None]).any(axis=1)
        return found


def ask(
    photos: PhotoSet, predict: Predictor, *, batch_size: int = 32, progress: Progress | None = None
) -> Answers:
    """Asks a predictor of every photo of a set, in order.

    Photos that cannot be used are left out (``photos.skipped`` then names them). Raises TrainingError if
    that leaves none.
    """
    indices: list[int] = []
    classes: list[NDArray[np.int64]] = []
    for batch in evaluation_batches(photos, batch_size):
        classes.append(predict(batch.images).numpy())
        indices += batch.indices.tolist()
        if progress:
            # Of what was passed over on the way, too.
            progress(indices[-1] + 1, len(photos))
    if not indices:
        raise TrainingError(f"None of the photos can be used. {summary(photos.skipped)}")
    paths = tuple(photos.source.photos[index].path for index in indices)
    labels = None if photos.labels is None else photos.labels[indices]
    return Answers(paths, labels, np.concatenate(classes))


def write_answers(file: Path, answers: Answers) -> None:
    """Writes a CSV: a photo a line, with its path, its label (empty without), and the five classes.

    Raises TrainingError if it cannot be written; what was there then stands.
    """
    labels = [""] * len(answers) if answers.labels is None else answers.labels.tolist()
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(_HEADER)
    for path, label, classes in zip(answers.paths, labels, answers.classes.tolist(), strict=True):
        writer.writerow([path, label, *classes])
    write_file(file, table.getvalue().encode(errors="surrogateescape"))


def read_answers(file: Path) -> Answers:
    """Reads what ``write_answers`` wrote. Raises TrainingError if it cannot be read, or is something else."""
    try:
        with file.open(encoding="utf-8", errors="surrogateescape", newline="") as stream:
            header, *rows = list(csv.reader(stream)) or [[]]
        if header != _HEADER or not rows:
            raise ValueError
        numbers = [[int(value) for value in row[-BEST:]] for row in rows]
        labels = [row[1] for row in rows]
        classes = np.array(numbers, dtype=np.int64).reshape(len(rows), BEST)
        labelled = np.array([int(label) for label in labels], dtype=np.int64) if any(labels) else None
        return Answers(tuple(row[0] for row in rows), labelled, classes)
    except OSError as error:
        raise TrainingError(f"Cannot read {file}: {reason(error)}.") from error
    except (ValueError, IndexError, OverflowError, csv.Error) as error:
        raise TrainingError(
            f"{file} is no table of answers ({','.join(_HEADER)}): write it again with --csv."
        ) from error
