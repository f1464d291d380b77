from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from support.pictures import folder_of, noise, photos_named

from streamscope_training.data.batches import Batch, Batches, evaluation_batches
from streamscope_training.data.cache import CachedPhotos
from streamscope_training.data.decode import TRAINING_RULES, Bytes, UnusablePhoto, centre, square
from streamscope_training.data.photo_set import PhotoSet
from streamscope_training.data.prefetch import Prefetch
from streamscope_training.data.scan import scan
from streamscope_training.data.skips import Skip
from streamscope_training.data.source import StreamedPhotos
from streamscope_training.errors import TrainingError

COUNT = 11


def squares(count: int = COUNT, labelled: bool = True) -> PhotoSet:
    pixels = np.stack([noise(256, 256, seed) for seed in range(count)])
    source = CachedPhotos(photos_named(*(f"{index}.png" for index in range(count))), (), pixels)
    return PhotoSet(source, np.arange(count, dtype=np.int64) * 10 if labelled else None)


def same(one: Batch, other: Batch) -> bool:
    pairs = [(one.images, other.images), (one.indices, other.indices)]
    if one.labels is not None and other.labels is not None:
        pairs.append((one.labels, other.labels))
    return all(torch.equal(mine, others) for mine, others in pairs)


def test_a_batch_has_the_shapes_and_types_of_the_network() -> None:
    batch = Batches(squares(), 1, 4).batch(0)
    assert (batch.images.shape, batch.images.dtype) == ((4, 3, 224, 224), torch.uint8)
    assert batch.images.is_contiguous()
    assert batch.indices.dtype == torch.int64
    assert batch.labels is not None
    assert torch.equal(batch.labels, batch.indices * 10)
    assert Batches(squares(labelled=False), 1, 4).batch(0).labels is None


def test_without_room_to_move_a_batch_is_its_photos() -> None:
    photos = squares()
    batch = Batches(photos, 1, 4, crop=256, flip=False).batch(1)
    for image, index in zip(batch.images, batch.indices, strict=True):
        assert np.array_equal(image.permute(1, 2, 0).numpy(), photos.source.read(int(index)))


@pytest.mark.parametrize("scale", [None, (0.3, 1.0)])
def test_a_batch_depends_on_photos_seed_and_step_alone(scale: tuple[float, float] | None) -> None:
    made = Batches(squares(), 5, 3, crop=64, scale=scale)
    onward = [made.batch(step) for step in range(8)]
    resumed = Batches(squares(), 5, 3, crop=64, scale=scale)
    backward = [resumed.batch(step) for step in reversed(range(8))]
    assert all(same(one, other) for one, other in zip(onward, reversed(backward), strict=True))
    other_seed = Batches(squares(), 6, 3, crop=64, scale=scale)
    assert not any(same(batch, other_seed.batch(step)) for step, batch in enumerate(onward))


def test_threads_ahead_change_nothing() -> None:
    made = Batches(squares(), 5, 3, crop=64)
    with Prefetch(made.batch, range(2, 9), ahead=3, threads=2) as ahead:
        assert all(same(batch, made.batch(step)) for step, batch in zip(range(2, 9), ahead, strict=True))


def test_an_epoch_takes_photos_once_leaves_out_the_rest_and_the_next_takes_others() -> None:
    made = Batches(squares(), 2, 4, crop=8)
    assert made.steps_per_epoch == 2
    epochs = [
        torch.cat([made.batch(epoch * 2 + step).indices for step in range(2)]).tolist() for epoch in range(20)
    ]
    assert all(len(set(epoch)) == 8 for epoch in epochs)
    assert len({tuple(epoch) for epoch in epochs}) == 20
    assert {index for epoch in epochs for index in epoch} == set(range(COUNT))


def test_the_same_photo_has_another_crop_in_another_epoch() -> None:
    made = Batches(squares(1), 2, 1)
    assert len({made.batch(step).images.numpy().tobytes() for step in range(6)}) == 6


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"batch_size": 12}, "11 photos make no batch of 12"),
        ({"batch_size": 0}, "batch size is 0"),
        ({"seed": -1}, "seed is -1"),
        ({"crop": 257}, "crop is 257 pixels: .* from 1 to 256"),
        ({"scale": (0, 1)}, "scale of crops is 0 to 1"),
        ({"scale": (0.5, 0.4)}, "scale of crops"),
    ],
)
def test_settings_without_sense_are_refused(settings: dict[str, int], sentence: str) -> None:
    with pytest.raises(TrainingError, match=sentence):
        Batches(squares(), **{"seed": 1, "batch_size": 4, **settings})


class Faulty:
    """Photos of which some are unusable, which shows when they are read."""

    def __init__(self, bad: set[int]) -> None:
        self.photos = photos_named(*(f"{index}.png" for index in range(COUNT)))
        self.skipped: Sequence[Skip] = ()
        self._bad = bad

    def read(self, index: int) -> Bytes:
        if index in self._bad:
            raise UnusablePhoto("broken")
        return noise(256, 256, index)


def test_an_unusable_photo_gives_way_to_the_next_usable_one() -> None:
    whole = Batches(PhotoSet(Faulty(set())), 3, COUNT, crop=8).batch(0).indices
    holed = Batches(PhotoSet(Faulty({2, 3, 10})), 3, COUNT, crop=8).batch(0).indices
    instead = {2: 4, 3: 4, 10: 0}
    assert holed.tolist() == [instead.get(index, index) for index in whole.tolist()]


def test_photos_that_are_all_gone_are_a_sentence() -> None:
    with pytest.raises(TrainingError, match=r"11 photos in a row cannot be used \('\d+.png' is broken\)"):
        Batches(PhotoSet(Faulty(set(range(COUNT)))), 3, 2).batch(0)


def test_evaluation_takes_the_centres_of_all_photos_in_order() -> None:
    photos = squares()
    batches = list(evaluation_batches(photos, 4))
    assert [len(batch.images) for batch in batches] == [4, 4, 3]
    assert torch.cat([batch.indices for batch in batches]).tolist() == list(range(COUNT))
    labels = [batch.labels for batch in batches if batch.labels is not None]
    assert torch.cat(labels).tolist() == [index * 10 for index in range(COUNT)]
    images = torch.cat([batch.images for batch in batches]).permute(0, 2, 3, 1).numpy()
    for index in range(COUNT):
        assert np.array_equal(images[index], photos.source.read(index)[16:240, 16:240])
    with pytest.raises(TrainingError, match="batch size is 0"):
        next(evaluation_batches(photos, 0))


def test_evaluation_leaves_out_what_is_unusable() -> None:
    photos = PhotoSet(Faulty({0, 5}), np.arange(COUNT, dtype=np.int64))
    indices = torch.cat([batch.indices for batch in evaluation_batches(photos, 2)])
    assert indices.tolist() == [1, 2, 3, 4, 6, 7, 8, 9, 10]


def test_streamed_photos_are_those_of_the_cache(tmp_path: Path) -> None:
    folder_of(tmp_path, "a.png", "b.png", "d.png", width=300, height=420)
    (tmp_path / "c.jpg").write_bytes(b"")
    found = scan([tmp_path]).photos
    source = StreamedPhotos(found, TRAINING_RULES)
    assert source.read(0).shape == (420, 300, 3)
    (batch,) = evaluation_batches(PhotoSet(source), 9)
    assert batch.indices.tolist() == [0, 1, 3]
    assert source.skipped == [Skip("c.jpg", "broken")]
    for image, index in zip(batch.images, batch.indices, strict=True):
        with Image.open(found[int(index)].file) as photo:
            assert np.array_equal(image.permute(1, 2, 0).numpy(), centre(square(photo), 224))
