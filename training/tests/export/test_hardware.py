from __future__ import annotations

import copy
from collections.abc import Callable, Iterator

import pytest
import torch
from brevitas.nn import QuantConv2d
from brevitas.quant import Int8WeightPerTensorFloat

from streamscope_training.errors import TrainingError
from streamscope_training.export.hardware import SUM_LIMIT, check_for_hardware, dead_channels
from streamscope_training.network.architecture import TOP_CODE, layers
from streamscope_training.network.mobilenet import MobileNet, Unit

from .conftest import DEAD, Exported

#: The index of block3.pointwise.
AT = 6


@pytest.fixture
def network(exported: Exported) -> Iterator[MobileNet]:
    """Made good again afterwards."""
    yield exported.network
    exported.network.load_state_dict(exported.state)


def unit_of(network: MobileNet) -> Unit:
    return list(network.each_unit())[AT]


def test_a_sane_network_is_taken(network: MobileNet) -> None:
    check_for_hardware(network)


def set_weight(network: MobileNet) -> None:
    unit_of(network).conv.weight[3, 0] = torch.nan


def set_weight_scale(network: MobileNet) -> None:
    unit_of(network).weight_scale[2] = -0.1


def set_act_scale(network: MobileNet) -> None:
    unit_of(network).act_scale.fill_(torch.inf)


def set_gain(network: MobileNet) -> None:
    unit_of(network).norm.weight[:2] = torch.nan


def set_variance(network: MobileNet) -> None:
    variance = unit_of(network).norm.running_var
    assert variance is not None
    variance.fill_(-1)


def set_offset(network: MobileNet) -> None:
    unit_of(network).norm.bias[0] = torch.inf


def set_bias(value: float) -> Callable[[MobileNet], None]:
    def change(network: MobileNet) -> None:
        network.classifier.bias[1] = value

    return change


def set_classifier_scale(network: MobileNet) -> None:
    network.classifier_scale.fill_(0)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (set_weight, "1 of the 16384 weights of block3.pointwise are not finite"),
        (set_weight_scale, "1 of the 128 scales of the weights of block3.pointwise fell to 0"),
        (set_act_scale, "128 of the 128 scales of the activations of block3.pointwise are not finite"),
        (set_gain, "2 of the 128 gains of block3.pointwise are not finite"),
        (set_variance, "128 of the 128 gains of block3.pointwise are not finite"),
        (set_offset, "1 of the 128 offsets of block3.pointwise are not finite"),
        (set_bias(torch.nan), "1 of the 1000 biases of the classifier are not finite"),
        (set_bias(1e12), "steps of its sums, which 32 bits do not hold"),
        (set_bias(5e6), "and must stay below 16,777,216"),
        (set_classifier_scale, "1 of the 1 scales of the weights of the classifier fell to 0"),
    ],
)
@torch.no_grad()
def test_what_no_hardware_can_be_made_of_is_refused(
    network: MobileNet, change: Callable[[MobileNet], None], says: str
) -> None:
    change(network)
    with pytest.raises(TrainingError) as refusal:
        check_for_hardware(network)
    assert says in str(refusal.value)
    assert str(refusal.value).startswith("This network cannot become hardware: ")
    assert str(refusal.value).endswith(". Export an earlier checkpoint.")


@torch.no_grad()
def test_a_quantizer_that_is_too_wide_is_refused(exported: Exported) -> None:
    network = copy.deepcopy(exported.network)
    unit = unit_of(network)
    layer = unit.layer
    wide = QuantConv2d(
        layer.inputs,
        layer.outputs,
        layer.kernel,
        bias=False,
        weight_quant=Int8WeightPerTensorFloat,
        weight_bit_width=5,
    )
    wide.weight.copy_(unit.conv.weight)
    # All but the integers is as the other checks want it.
    wide.weight_quant.tensor_quant.scaling_impl.value = unit.weight_scale
    unit.conv = wide
    with pytest.raises(TrainingError, match="has a weight of 15, and its range is from -7 to 7"):
        check_for_hardware(network)


def test_no_convolution_s_sum_reaches_the_limit_whatever_its_weights() -> None:
    for layer in layers():
        _, inputs, rows, columns = layer.weight_shape
        # Pixels are bytes.
        top = 255 if layer.index == 0 else TOP_CODE
        assert inputs * rows * columns * layer.top_weight * top < SUM_LIMIT


@torch.no_grad()
def test_dead_channels_are_those_without_gain_or_without_weights(network: MobileNet) -> None:
    layer, channel = DEAD
    assert dead_channels(network) == {layer: [channel]}
    unit = next(network.each_unit())
    # A weight below half a step is none.
    unit.conv.weight[7] = 0.4 * unit.weight_step()[7]
    assert dead_channels(network) == {"conv0": [7], layer: [channel]}


@torch.no_grad()
def test_the_weights_scale_of_a_dead_channel_may_have_fallen_with_them(network: MobileNet) -> None:
    unit = next(network.each_unit())
    unit.conv.weight[7] = 0
    unit.weight_scale[7] = 1e-12
    check_for_hardware(network)
    assert dead_channels(network)["conv0"] == [7]
