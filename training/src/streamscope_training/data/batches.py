"""Batches of photos for training and evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from ..errors import TrainingError
from .augment import DRAWS, augment
from .decode import CROP, SIDE, Bytes, UnusablePhoto, centre, square
from .draws import changes_of_step, check_seed, order_of_epoch
from .photo_set import PhotoSet
from .sentences import counted, shown

_MOST_IN_A_ROW = 1000


@dataclass(frozen=True)
class Batch:
    """Photos as the network takes them.

    ``images`` is uint8 (N, 3, crop, crop) RGB, ``labels`` int64 (N,) class indices or None, ``indices``
    int64 (N,) the photos' places in their set.
    """

    images: torch.Tensor
    labels: torch.Tensor | None
    indices: torch.Tensor


class Batches:
    """Training's batches: every epoch in a new order, every photo with a new crop.

    The last photos of an epoch that make no whole batch are left out; the next epoch's order puts
    others there.
    """

    def __init__(
        self,
        photos: PhotoSet,
        seed: int,
        batch_size: int,
        crop: int = CROP,
        flip: bool = True,
        scale: tuple[float, float] | None = None,
    ) -> None:
        """``scale`` and ``flip`` as in ``augment``.

        Raises:
            TrainingError: there are fewer photos than a batch has, or a setting makes no sense.
        """
        check_seed(seed)
        if batch_size < 1:
            raise TrainingError(f"The batch size is {batch_size}: give a whole number from 1.")
        if not 1 <= crop <= SIDE:
            raise TrainingError(f"The crop is {crop} pixels: give a whole number from 1 to {SIDE}.")
        if scale is not None and not 0 < scale[0] <= scale[1] <= 1:
            raise TrainingError(
                f"The scale of crops is {scale[0]} to {scale[1]}: give two shares of a photo's area, above 0"
                " and up to 1, the smaller first."
            )
        if len(photos) < batch_size:
            raise TrainingError(
                f"{counted(len(photos), 'photo')} make no batch of {batch_size}: give more photos, or a"
                " smaller batch size."
            )
        self._photos = photos
        self._seed = seed
        self._batch_size = batch_size
        self._crop = crop
        self._flip = flip
        self._scale = scale
        self.steps_per_epoch = len(photos) // batch_size

    def batch(self, step: int) -> Batch:
        """The batch of a step, counted from 0 over all epochs: it depends on the photos, seed and step alone.

        Safe to call from several threads. In place of a photo that turns out to be unusable comes the
        next usable one of the set.

        Raises:
            TrainingError: so many photos in a row are unusable that the disk must be gone.
        """
        epoch, place = divmod(step, self.steps_per_epoch)
        order = order_of_epoch(self._seed, epoch, len(self._photos))
        wanted = order[place * self._batch_size : (place + 1) * self._batch_size]
        draws = changes_of_step(self._seed, step, self._batch_size, DRAWS)
        images = np.empty((self._batch_size, 3, self._crop, self._crop), dtype=np.uint8)
        indices = np.empty(self._batch_size, dtype=np.int64)
        for at, index in enumerate(wanted):
            indices[at], photo = self._usable(int(index))
            images[at] = augment(photo, draws[at], self._crop, self._flip, self._scale).transpose(2, 0, 1)
        return _batch(self._photos, images, indices)

    def _usable(self, wanted: int) -> tuple[int, Bytes]:
        count = len(self._photos)
        for index in range(wanted, wanted + min(count, _MOST_IN_A_ROW)):
            try:
                return index % count, self._photos.source.read(index % count)
            except UnusablePhoto as unusable:
                last = f"{shown(self._photos.source.photos[index % count].path)} is {unusable.reason}"
        raise TrainingError(
            f"{counted(min(count, _MOST_IN_A_ROW), 'photo')} in a row cannot be used ({last}): see that the"
            " folder of photos is still there."
        )


def evaluation_batches(photos: PhotoSet, batch_size: int, crop: int = CROP) -> Iterator[Batch]:
    """The centres of all photos of a set, in order; the last batch may be smaller.

    Photos that turn out to be unusable are left out (``photos.skipped`` then names them).
    """
    if batch_size < 1:
        raise TrainingError(f"The batch size is {batch_size}: give a whole number from 1.")
    images: list[NDArray[np.uint8]] = []
    indices: list[int] = []
    for index in range(len(photos)):
        try:
            photo = photos.source.read(index)
        except UnusablePhoto:
            continue
        if photo.shape != (SIDE, SIDE, 3):
            photo = square(Image.fromarray(photo))
        images.append(centre(photo, crop).transpose(2, 0, 1))
        indices.append(index)
        if len(images) == batch_size:
            yield _batch(photos, np.stack(images), np.array(indices, dtype=np.int64))
            images, indices = [], []
    if images:
        yield _batch(photos, np.stack(images), np.array(indices, dtype=np.int64))


def _batch(photos: PhotoSet, images: NDArray[np.uint8], indices: NDArray[np.int64]) -> Batch:
    labels = None if photos.labels is None else torch.from_numpy(photos.labels[indices])
    return Batch(torch.from_numpy(np.ascontiguousarray(images)), labels, torch.from_numpy(indices))
