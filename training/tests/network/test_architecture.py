from __future__ import annotations

import pytest

from streamscope_training.network.architecture import (
    CLASSES,
    INPUT_SIDE,
    POOL_SHIFT,
    POOL_SIDE,
    TOP_CLASSIFIER_WEIGHT,
    TOP_CODE,
    Layer,
    features,
    layers,
)

POINTWISE_WIDTHS = [64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024]


def sides() -> list[int]:
    """Side of every layer's output map."""
    side, found = INPUT_SIDE, []
    for layer in layers():
        side = (side + 2 * layer.padding - layer.kernel) // layer.stride + 1
        found.append(side)
    return found


def test_multiplications_are_those_of_finns_accelerator() -> None:
    by_bits = {8: 0, 4: CLASSES * features()}
    for layer, side in zip(layers(), sides(), strict=True):
        rows, columns = layer.weight_shape[2:]
        by_bits[layer.weight_bits] += side**2 * layer.outputs * layer.weight_shape[1] * rows * columns
    assert by_bits == {8: 10_645_344, 4: 557_381_408}
    assert sum(by_bits.values()) == 568_026_752


def test_weights_are_counted_as_published() -> None:
    by_bits = {8: 0, 4: CLASSES * features()}
    for layer in layers():
        outputs, inputs, rows, columns = layer.weight_shape
        by_bits[layer.weight_bits] += outputs * inputs * rows * columns
    assert by_bits == {8: 864, 4: 4_208_224}


def test_maps_halve_where_they_should_and_the_first_has_no_padding() -> None:
    assert sides()[0] == 111
    ends = [side for layer, side in zip(layers(), sides(), strict=True) if layer.ends_block]
    assert ends == [111, 111, 56, 56, 28, 28, *[14] * 6, 7, 7]
    assert sides()[-1] == POOL_SIDE
    assert [layer.padding for layer in layers()] == [0, *[1, 0] * 13]


def test_blocks_are_a_depthwise_and_a_pointwise_convolution() -> None:
    first, *rest = layers()
    assert (first.name, first.weight_shape, first.stride, first.groups) == ("conv0", (32, 3, 3, 3), 2, 1)
    inputs = first.outputs
    for block, width in enumerate(POINTWISE_WIDTHS, start=1):
        depthwise, pointwise = rest[2 * block - 2 : 2 * block]
        assert (depthwise.name, pointwise.name) == (f"block{block}.depthwise", f"block{block}.pointwise")
        assert (depthwise.index, pointwise.index) == (2 * block - 1, 2 * block)
        assert (depthwise.weight_shape, depthwise.groups) == ((inputs, 1, 3, 3), inputs)
        assert (pointwise.weight_shape, pointwise.groups) == ((width, inputs, 1, 1), 1)
        assert (depthwise.stride, pointwise.stride) == (2 if block in (2, 4, 6, 12) else 1, 1)
        assert (depthwise.ends_block, pointwise.ends_block) == (False, True)
        inputs = width
    assert inputs == features()


def test_scales_by_channel_stand_before_depthwise_layers_but_in_the_last_stage() -> None:
    by_channel = {layer.name for layer in layers() if layer.scale_per_channel}
    assert by_channel == {"conv0", *(f"block{block}.pointwise" for block in range(1, 12))}
    assert [layer.scales for layer in layers()] == [
        layer.outputs if layer.name in by_channel else 1 for layer in layers()
    ]


@pytest.mark.parametrize("layer", layers(), ids=[layer.name for layer in layers()])
def test_weights_are_narrow_so_that_each_can_change_its_sign(layer: Layer) -> None:
    assert (layer.weight_bits, layer.top_weight) == ((8, 127) if layer.index == 0 else (4, 7))


def test_a_full_map_of_codes_fits_the_pool() -> None:
    assert (TOP_CODE, TOP_CLASSIFIER_WEIGHT) == (15, 7)
    assert (POOL_SIDE**2 * TOP_CODE) >> POOL_SHIFT <= TOP_CODE
    assert (POOL_SIDE**2 * TOP_CODE).bit_length() - POOL_SHIFT == 4
