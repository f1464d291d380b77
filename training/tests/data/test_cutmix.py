from __future__ import annotations

import torch

from streamscope_training.data.cutmix import cutmix

#: Image i is filled with i.
IMAGES = torch.arange(64, dtype=torch.uint8).reshape(-1, 1, 1, 1).expand(64, 3, 20, 30)


def test_nothing_changes_without_a_share() -> None:
    mixed, changed = cutmix(IMAGES, 1, 0, 0.0)
    assert torch.equal(mixed, IMAGES)
    assert not changed.any()


def test_a_changed_image_has_one_rectangle_of_the_next_in_its_place() -> None:
    ramps = torch.arange(64 * 3 * 20 * 30).reshape(64, 3, 20, 30)
    mixed, changed = cutmix(ramps, 1, 0, 0.5)
    assert 0 < int(changed.sum()) < 64
    for i, image in enumerate(mixed):
        of_next = image == ramps[(i + 1) % 64]
        assert torch.equal(image[~of_next], ramps[i][~of_next])
        place = of_next[0]
        assert torch.equal(of_next, place.expand_as(of_next))
        assert int(place.sum()) == int(place.any(1).sum()) * int(place.any(0).sum())
        assert changed[i] or not place.any()


def test_it_depends_on_seed_and_step_alone_and_leaves_what_it_is_given() -> None:
    given = IMAGES.clone()
    once, again = cutmix(given, 1, 7, 0.5), cutmix(given, 1, 7, 0.5)
    assert torch.equal(once[0], again[0])
    assert torch.equal(once[1], again[1])
    assert torch.equal(given, IMAGES)
    assert not torch.equal(once[0], cutmix(given, 1, 8, 0.5)[0])
    assert not torch.equal(once[0], cutmix(given, 2, 7, 0.5)[0])
