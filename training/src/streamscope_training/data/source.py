"""Where the pixels of photos come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from .decode import Bytes, DecodeRules, UnusablePhoto, decode
from .scan import Photo
from .skips import Skip


class PhotoSource(Protocol):
    """Photos in a fixed order. May be read from several threads."""

    @property
    def photos(self) -> Sequence[Photo]:
        """The photos that ``read`` counts."""

    @property
    def skipped(self) -> Sequence[Skip]:
        """The photos found unusable so far."""

    def read(self, index: int) -> Bytes:
        """The photo as RGB (H, W, 3); not to be written to.

        Raises:
            UnusablePhoto: it cannot be used.
        """


class StreamedPhotos:
    """Decodes photos whenever they are read, in their stored size: for sets too large to keep decoded.

    What is unusable shows when it is read.
    """

    def __init__(self, photos: Sequence[Photo], rules: DecodeRules) -> None:
        self.photos = tuple(photos)
        self._rules = rules
        self._skipped: dict[int, Skip] = {}

    @property
    def skipped(self) -> Sequence[Skip]:
        return [skip for _, skip in sorted(self._skipped.copy().items())]

    def read(self, index: int) -> Bytes:
        try:
            image = decode(self.photos[index].file, self._rules)
        except UnusablePhoto as unusable:
            self._skipped[index] = Skip(self.photos[index].path, unusable.reason)
            raise
        return np.asarray(image)
