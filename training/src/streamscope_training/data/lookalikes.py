"""Photos of one set that look like photos of another: copies in other files, which no path tells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..system.disk import write_file
from .cache import CachedPhotos
from .decode import SIDE, Bytes
from .photo_set import PhotoSet

#: Of a thumbnail, in cells.
_CELLS = 16

#: The correlation of thumbnails from which two photos look the same.
#:
#: Between 990 photos and 15,083 others it was at least 0.999 for the eight that were copies, encoded anew,
#: and at most 0.955 for all other pairs (0.943 with one of them mirrored): dark grass under a bright sky.
#: Among the 15,083, copies with other borders or colours came down to 0.979 (one, mirrored, to 0.960), and
#: what only resembled each other up to 0.950.
_ALIKE = 0.97

#: The standard deviation, in steps of a byte, under which a thumbnail shows nothing to be known by. The
#: least of those photos had 11.
_FLAT = 1.0

#: Squares that are read at a time: 50 MB.
_BLOCK = 256


def lookalikes(photos: PhotoSet, others: PhotoSet) -> list[tuple[str, str]]:
    """The pairs of photos that look the same, as they are or mirrored: the path of one of ``photos``, and of
    one of ``others``, in the order of the sets.

    Copies that were scaled, encoded anew, or made brighter or darker are found; where a fortieth is cut off
    at every side, about half are. Flat pictures look like nothing.

    Only decoded photos are compared. If a set is so large that its photos are decoded as they are needed,
    nothing is looked for.
    """
    if not (isinstance(photos.source, CachedPhotos) and isinstance(others.source, CachedPhotos)):
        return []
    squares = photos.source.squares
    blocks = [_thumbnails(squares[at : at + _BLOCK]) for at in range(0, len(squares), _BLOCK)]
    known = _vectors(np.concatenate(blocks))
    squares = others.source.squares
    found: list[tuple[int, int]] = []
    for at in range(0, len(squares), _BLOCK):
        thumbnails = _thumbnails(squares[at : at + _BLOCK])
        alike = known @ _vectors(thumbnails).T >= _ALIKE
        alike |= known @ _vectors(thumbnails[:, :, ::-1]).T >= _ALIKE
        found += [(int(one), at + int(other)) for one, other in np.argwhere(alike)]
    return [
        (photos.source.photos[one].path, others.source.photos[other].path) for one, other in sorted(found)
    ]


def write_lookalikes(file: Path, pairs: Iterable[tuple[str, str]]) -> None:
    """Writes pairs of an evaluation's photos and those learned from as a table, .csv.

    Raises TrainingError if the file cannot be written.
    """
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(("evaluation", "learned_from"))
    writer.writerows(pairs)
    write_file(file, table.getvalue().encode("utf-8", "surrogateescape"))


def _thumbnails(squares: Bytes) -> NDArray[np.float32]:
    """From (N, SIDE, SIDE, 3) to means of cells, (N, _CELLS, _CELLS, 3). Each thumbnail has no mean in any
    channel, so that plain colours count for nothing, and the length 1; a flat one is zero."""
    count, side = len(squares), SIDE // _CELLS
    # Rows first: 16 bits hold their sums, and what is added lies side by side.
    rows = squares.reshape(count, _CELLS, side, SIDE * 3).sum(axis=2, dtype=np.uint16)
    means = rows.reshape(count, _CELLS, _CELLS, side, 3).sum(axis=3, dtype=np.float32) / side**2
    means -= means.mean(axis=(1, 2), keepdims=True)
    lengths = np.sqrt(np.square(means).sum(axis=(1, 2, 3), keepdims=True))
    flat = lengths < _FLAT * np.sqrt(_CELLS * _CELLS * 3)
    thumbnails: NDArray[np.float32] = np.where(flat, 0, means / np.where(flat, 1, lengths))
    return thumbnails


def _vectors(thumbnails: NDArray[np.float32]) -> NDArray[np.float32]:
    return thumbnails.reshape(len(thumbnails), -1)
