from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from support.pictures import noise

from streamscope_training.data.augment import DRAWS, RATIO, _part_size, augment
from streamscope_training.data.decode import square

PHOTO = noise(256, 256)


def draws(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).random(DRAWS)


@pytest.mark.parametrize("seed", range(20))
def test_a_crop_is_a_part_of_the_square_or_its_mirror_image(seed: int) -> None:
    given = draws(seed)
    top, left = int(given[1] * 33), int(given[2] * 33)
    part = PHOTO[top : top + 224, left : left + 224]
    assert np.array_equal(augment(PHOTO, given, 224, False, None), part)
    expected = part[:, ::-1] if given[0] < 0.5 else part
    assert np.array_equal(augment(PHOTO, given, 224, True, None), expected)


def test_crops_reach_every_edge_and_not_further() -> None:
    least, most = np.zeros(DRAWS), np.full(DRAWS, np.nextafter(1, 0))
    assert np.array_equal(augment(PHOTO, least, 224, False, None), PHOTO[:224, :224])
    assert np.array_equal(augment(PHOTO, most, 224, False, None), PHOTO[32:, 32:])


def test_a_photo_in_its_stored_size_is_squared_first() -> None:
    whole = noise(500, 375)
    squared = square(Image.fromarray(whole))
    assert np.array_equal(
        augment(whole, draws(1), 200, True, None), augment(squared, draws(1), 200, True, None)
    )


@pytest.mark.parametrize("seed", range(50))
@pytest.mark.parametrize(("height", "width"), [(256, 256), (375, 500), (90, 2000), (2000, 90)])
def test_a_resized_crop_has_an_allowed_area_and_ratio(seed: int, height: int, width: int) -> None:
    high, wide = _part_size(height, width, draws(seed)[3:], (0.08, 1))
    assert 0 < high <= height
    assert 0 < wide <= width
    slack = 1 / min(high, wide)
    assert RATIO[0] * (1 - 2 * slack) <= wide / high <= RATIO[1] * (1 + 2 * slack)
    assert 0.08 * (1 - 2 * slack) <= high * wide / (height * width) or min(height, width) in (high, wide)


@pytest.mark.parametrize("seed", range(5))
def test_the_whole_photo_resized_is_pillows(seed: int) -> None:
    given = draws(seed)
    given[4::2] = 0.5
    found = augment(PHOTO, given, 224, False, (1, 1))
    expected = np.asarray(Image.fromarray(PHOTO).resize((224, 224), Image.Resampling.BILINEAR))
    assert np.array_equal(found, expected)


def test_resized_crops_differ_in_scale() -> None:
    made = {augment(PHOTO, draws(seed), 64, False, (0.3, 1)).tobytes() for seed in range(10)}
    assert len(made) == 10
