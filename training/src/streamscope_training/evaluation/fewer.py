"""Fewer photos of a set, for a first look."""

from __future__ import annotations

from collections.abc import Sequence

from ..data.decode import Bytes
from ..data.photo_set import PhotoSet
from ..data.skips import Skip
from ..data.source import PhotoSource
from ..errors import TrainingError


class _Some:
    """A ``PhotoSource`` over some photos of another."""

    def __init__(self, source: PhotoSource, indices: Sequence[int]) -> None:
        self._source = source
        self._indices = indices
        self.photos = tuple(source.photos[index] for index in indices)

    @property
    def skipped(self) -> Sequence[Skip]:
        return self._source.skipped

    def read(self, index: int) -> Bytes:
        return self._source.read(self._indices[index])


def fewer(photos: PhotoSet, most: int | None) -> PhotoSet:
    """At most so many photos, evenly over the set: the first ones by name may all be of one class.

    Raises TrainingError for fewer than one.
    """
    if most is not None and most < 1:
        raise TrainingError(f"The limit is {most} photos: give a whole number from 1.")
    if most is None or most >= len(photos):
        return photos
    indices = [place * len(photos) // most for place in range(most)]
    labels = None if photos.labels is None else photos.labels[indices]
    return PhotoSet(_Some(photos.source, indices), labels, photos.skipped_before, photos.notes)
