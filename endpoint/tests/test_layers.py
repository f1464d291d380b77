"""The same cases by hand as the web app's reference engine is held to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.packages import by_hand

from streamscope_endpoint.emulator.datatypes import data_type, unpack
from streamscope_endpoint.emulator.layers import make_layer
from streamscope_endpoint.emulator.network import Network
from streamscope_endpoint.emulator.package import Activation, Node, Stream
from streamscope_endpoint.errors import SetupError


def apply(
    kind: str,
    values: Any,
    input_type: str,
    output: tuple[tuple[int, ...], str],
    activation: Activation | None = None,
    weights: Any = None,
    parameters: Any = None,
    **attributes: Any,
) -> list[int]:
    """A node's output to ``values`` [height, width, channels], flat."""
    data = np.array(values).astype(data_type(input_type).dtype)
    given = {"weights": weights, "parameters": parameters}
    constants = {name: np.array(array) for name, array in given.items() if array is not None}
    streams = Stream((1, *data.shape), data_type(input_type)), Stream(output[0], data_type(output[1]))
    result = make_layer(Node(kind, kind, *streams, attributes, constants, activation))(data)
    return result.reshape(-1).tolist()


def stairs(rows: list[list[int]], act_val: int = 0) -> Activation:
    return Activation(np.array(rows), act_val)


PIXELS = [[[1, 2, 3], [255, 0, 10]]]
WEIGHTS = [[1, -1, 2], [-7, 0, 7]]


def test_padding_puts_zeros_round_the_map_each_side_by_its_own_number() -> None:
    pad = {"top": 1, "left": 2, "bottom": 0, "right": 1}
    values = [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]
    padded = apply("FMPadding", values, "UINT8", ((1, 3, 5, 2), "UINT8"), pad=pad)
    assert padded == [*[0] * 10, 0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 5, 6, 7, 8, 0, 0]


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "dilation", "expected"),
    [
        ((3, 3), [2, 2], [1, 1], [1, 1], [0, 1, 10, 11, 1, 2, 11, 12, 10, 11, 20, 21, 11, 12, 21, 22]),
        ((4, 6), [1, 2], [2, 3], [1, 1], [0, 1, 3, 4, 20, 21, 23, 24]),
        ((3, 5), [2, 2], [1, 1], [2, 3], [0, 3, 20, 23, 1, 4, 21, 24]),
    ],
)
def test_windows(
    size: tuple[int, int], kernel: list[int], stride: list[int], dilation: list[int], expected: list[int]
) -> None:
    rows, columns = np.indices(size)
    height, width = ((size[i] - dilation[i] * (kernel[i] - 1) - 1) // stride[i] + 1 for i in (0, 1))
    output = (1, height, width, kernel[0] * kernel[1])
    window = {"kernel": kernel, "stride": stride, "dilation": dilation}
    values = (10 * rows + columns)[..., np.newaxis]
    assert apply("ConvolutionInputGenerator", values, "UINT8", (output, "UINT8"), **window) == expected


def test_windows_that_leave_the_map_are_refused_not_read_from_other_memory() -> None:
    window = {"kernel": [2, 2], "stride": [1, 1], "dilation": [1, 1]}
    with pytest.raises(SetupError, match="leave its map"):
        apply("ConvolutionInputGenerator", [[[1]]], "UINT8", ((1, 1, 1, 4), "UINT8"), **window)


def test_mvau_multiplies_each_pixel_with_each_neuron() -> None:
    assert apply("MVAU", PIXELS, "UINT8", ((1, 1, 2, 2), "INT16"), weights=WEIGHTS) == [5, 14, 275, -1715]


def test_mvau_sends_each_sum_through_its_own_thresholds() -> None:
    steps = stairs([[5, 6, 275], [-1715, 14, 15]])
    assert apply("MVAU", PIXELS, "UINT8", ((1, 1, 2, 2), "UINT2"), steps, WEIGHTS) == [1, 2, 3, 1]


def test_mvau_is_exact_where_32_bit_floats_are_not() -> None:
    large = 2**24
    output = ((1, 1, 1, 1), "UINT8")
    for threshold, reached in ((large + 1, 1), (large + 2, 0)):
        steps = stairs([[threshold]])
        assert apply("MVAU", [[[255, 1]]], "UINT8", output, steps, [[65793, 2]]) == [reached]


def test_vvau_weights_and_sums_each_channel_by_itself() -> None:
    windows = [[[1, 10, 2, 20, 3, 30], [4, 40, 5, 50, 6, 60]]]
    weights = [[1, 0, -1], [1, 2, 3]]
    plain = {"channels": 2, "kernel": [1, 3], "weights": weights}
    assert apply("VVAU", windows, "UINT8", ((1, 1, 2, 2), "INT16"), **plain) == [-2, 140, -2, 320]
    steps = stairs([[-2, -1, 0], [100, 320, 321]])
    assert apply("VVAU", windows, "UINT8", ((1, 1, 2, 2), "UINT2"), steps, **plain) == [1, 1, 1, 2]


@pytest.mark.parametrize("weight", [2**14, 2**30])
def test_vvau_is_exact_beyond_16_and_32_bits(weight: int) -> None:
    steps = stairs([[2 * 15 * weight, 2 * 15 * weight + 1]])
    plain = {"channels": 1, "kernel": [1, 2], "weights": [[weight, weight]]}
    assert apply("VVAU", [[[15, 15]]], "UINT4", ((1, 1, 1, 1), "UINT2"), steps, **plain) == [1]


def test_a_threshold_is_reached_by_meeting_it() -> None:
    steps = stairs([[-5, 0, 9], [1, 1, 100]])
    values = [[[-6, 0], [-5, 1], [8, 99], [9, 100]]]
    output = ((1, 1, 4, 2), "UINT2")
    assert apply("Thresholding", values, "INT8", output, steps, channels=2) == [0, 0, 1, 2, 2, 2, 3, 3]


def test_activations_start_at_act_val() -> None:
    steps = stairs([[10, 20, 30]] * 3, -2)
    assert apply("Thresholding", [[[0, 20, 255]]], "UINT8", ((1, 3), "INT2"), steps, channels=3) == [-2, 0, 1]


def test_pool_divides_by_a_shift_and_rounds_down() -> None:
    window = [[[15 if i % 2 == 0 else 4 for i in range(98)]]]
    attributes = {"channels": 2, "kernel": [7, 7], "shift": 6}
    assert apply("Pool", window, "UINT4", ((1, 1, 1, 2), "UINT4"), **attributes) == [11, 3]
    attributes = {"channels": 1, "kernel": [1, 2], "shift": 1}
    assert apply("Pool", [[[-1, 0], [-8, -7]]], "INT4", ((1, 1, 2, 1), "INT4"), **attributes) == [-1, -8]


def test_a_number_is_added_to_each_channel() -> None:
    output = ((1, 1, 2, 2), "INT9")
    values = [[[-128, 127], [0, -1]]]
    assert apply("ChannelwiseOp", values, "INT8", output, parameters=[-128, 100]) == [-256, 227, -128, 99]


def test_of_equal_values_the_lower_index_comes_first() -> None:
    values = [[[5, 7, 5, 7, 5]]]
    assert apply("LabelSelect", values, "INT16", ((1, 3), "UINT8"), labels=5, k=3) == [1, 3, 0]


def test_a_kind_without_a_layer_is_refused_by_name() -> None:
    with pytest.raises(SetupError, match=r"Elephant: .* no layer of kind Elephant"):
        apply("Elephant", [[[1]]], "UINT8", ((1, 1), "UINT8"))


@pytest.mark.parametrize(
    ("name", "packed", "values"),
    [
        ("INT4", [0xF1, 0x07], [1, -1, 7]),
        ("BIPOLAR", [0b101], [1, -1, 1]),
        ("UINT1", [0b110], [0, 1, 1]),
        ("INT2", [0b111001], [1, -2, -1]),
        ("INT7", [0x40, 0xC0, 0xFF], [64, -64, -1]),
        ("INT11", [0x00, 0xFC, 0x01, 0x00, 0xFF, 0x03], [-1024, 1, 1023]),
        ("INT17", [0, 0, 0xFF, 0xFF, 1, 0, 0, 0, 0xFF, 0xFF, 0, 0], [-65536, 1, 65535]),
    ],
)
def test_constants_are_unpacked_as_they_were_packed(name: str, packed: list[int], values: list[int]) -> None:
    assert unpack(bytes(packed), data_type(name), (3,)).tolist() == values


def test_each_node_is_fed_with_what_the_one_before_put_out(tmp_path: Path) -> None:
    network = Network(by_hand(tmp_path))
    outputs: list[list[int]] = []
    network.run(
        np.array([[[1, 2], [5, 4]]], np.uint8),
        lambda _node, values: outputs.append(values.reshape(-1).tolist()),
    )
    assert outputs == [
        [0, 0, 0, 0, 1, 2, 5, 4],
        # Sums 0 0 3 9, differences 0 0 -1 1.
        [0, 1, 0, 1, 1, 1, 2, 2],
        [0, 1, 1, 1, 0, 1, 2, 2],
        # (0+1)>>1, (1+1)>>1, (0+2)>>1, (1+2)>>1
        [0, 1, 1, 1],
        [0, 1, 1, 1],
        [0, 2, 3],
        [1, 2, 1],
        [1, 0],
    ]
