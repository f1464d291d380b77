"""A set of photos, ready to be read: found, labelled if asked, and decoded once or on the fly."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..errors import TrainingError
from .cache import PHOTO_BYTES, Progress, cached
from .classes import Classes
from .decode import TRAINING_RULES, DecodeRules
from .label_list import label_by_list
from .labels import Labelling, label_by_folder
from .scan import scan
from .skips import Skip
from .source import PhotoSource, StreamedPhotos


@dataclass(frozen=True)
class PhotoSet:
    """Photos in a fixed order; ``labels`` are their class indices, int64 (N,), or None.

    ``skipped_before`` is what was left out before any photo was decoded; ``notes`` are sentences on the
    labels.
    """

    source: PhotoSource
    labels: NDArray[np.int64] | None = None
    skipped_before: tuple[Skip, ...] = ()
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.source.photos)

    @property
    def skipped(self) -> list[Skip]:
        """Every photo left out so far."""
        return [*self.skipped_before, *self.source.skipped]


def open_photos(
    folders: Sequence[str | Path],
    *,
    cache: Path | None,
    exclude: Sequence[str] = (),
    labels: Literal["folders"] | Path | None = None,
    classes: Classes | None = None,
    rules: DecodeRules = TRAINING_RULES,
    cache_limit_gb: float = 20,
    processes: int = 2,
    progress: Progress | None = None,
) -> PhotoSet:
    """Opens folders of photos.

    They are decoded once into the folder ``cache``, which belongs to this set alone; on the fly if it is
    None or would take more than ``cache_limit_gb``. ``labels`` is "folders", a list's file, or None; the
    first two need ``classes``.

    Raises:
        TrainingError: as ``scan``, ``label_by_folder``, ``label_by_list`` and ``cached`` do.
    """
    found = scan(folders, exclude)
    photos = found.photos
    labelling: Labelling | None = None
    if labels is not None:
        if classes is None:
            raise ValueError("labels need classes")
        by_folder = labels == "folders"
        labelling = (
            label_by_folder(photos, classes) if by_folder else label_by_list(photos, Path(labels), classes)
        )
        photos = tuple(photo for photo in photos if photo.path in labelling.labels)
        if not photos:
            raise TrainingError(
                "None of the photos has a label: put them in folders named for their classes, or give a list."
            )
    source: PhotoSource
    if cache is None or len(photos) * PHOTO_BYTES > cache_limit_gb * 1e9:
        source = StreamedPhotos(photos, rules)
    else:
        source = cached(cache, photos, rules, processes=processes, progress=progress)
    if labelling is None:
        return PhotoSet(source, None, found.skipped)
    indices = np.array([labelling.labels[photo.path] for photo in source.photos], dtype=np.int64)
    return PhotoSet(source, indices, (*found.skipped, *labelling.skipped), labelling.notes)


def fingerprint(photos: PhotoSet) -> str:
    """SHA-256, in hex, over the photos' paths, sizes in bytes and labels, in order.

    Not over where the folders are nor when the files changed: a copy of a set has the same fingerprint. What
    was left out is not in it.
    """
    digest = hashlib.sha256()
    for at, photo in enumerate(photos.source.photos):
        label = "" if photos.labels is None else int(photos.labels[at])
        line = f"{photo.path}\0{photo.size}\0{label}\n"
        digest.update(line.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
