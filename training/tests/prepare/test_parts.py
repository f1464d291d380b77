from __future__ import annotations

import torch
from support.pictures import sample_photos

from streamscope_training import paths
from streamscope_training.network.architecture import TOP_CODE, layers
from streamscope_training.network.float_twin import FloatTwin
from streamscope_training.network.mobilenet import normalise
from streamscope_training.network.start import UnitStart, read_start
from streamscope_training.prepare import parts as module
from streamscope_training.prepare.parts import Part, parts_of


def test_parts_are_all_of_the_photos_in_order() -> None:
    images = torch.arange(40, dtype=torch.uint8).reshape(40, 1, 1, 1).expand(40, 3, 1, 1)
    sizes = [len(part.codes()) for part in parts_of(images)]
    assert sizes == [module.TOGETHER, module.TOGETHER, 40 - 2 * module.TOGETHER]
    assert torch.equal(torch.cat([part.codes() for part in parts_of(images)]), images)


def test_a_part_passes_through_the_twin_and_the_quantized_layers() -> None:
    start, images = read_start(paths.shipped_start()), sample_photos(64)
    part = Part(images)
    torch.testing.assert_close(part.twin(), normalise(images))
    torch.testing.assert_close(part.student(), normalise(images))
    twin = FloatTwin(start).pre_activations(normalise(images))
    for layer, unit, (wanted, after) in zip(layers()[:3], start.units[:3], twin, strict=False):
        # The twin's activations wait in float16.
        assert float((part.advance_twin(layer, unit) - wanted).norm() / wanted.norm()) < 2e-3
        step = torch.full((layer.scales,), 0.25)
        quantized = UnitStart(unit.weight, unit.gain, unit.offset, None, step)
        before = part.sums(layer, unit.weight) * unit.gain.reshape(-1, 1, 1) + unit.offset.reshape(-1, 1, 1)
        expected = (before / 0.25).round().clamp(0, TOP_CODE)
        part.advance_student(layer, quantized)
        assert part.codes().dtype == torch.uint8
        assert torch.equal(part.codes(), expected.to(torch.uint8))
        assert torch.equal(part.student(), part.codes() * 0.25)
        assert float((part.twin() - after).norm() / after.norm()) < 2e-3
