from __future__ import annotations

import pytest
import torch
from brevitas.quant_tensor import QuantTensor
from support.exact import Exact, exact
from torch import Tensor

from streamscope_training.network.architecture import MEAN, STD, TOP_CODE, layers
from streamscope_training.network.mobilenet import MobileNet, normalise
from streamscope_training.network.plain import value_of


@pytest.fixture(scope="module")
def integers() -> Exact:
    return exact(seed=1)


@pytest.fixture(scope="module")
def network(integers: Exact) -> MobileNet:
    return integers.network()


@pytest.fixture(scope="module")
def activations(network: MobileNet, integers: Exact) -> list[QuantTensor]:
    """What every unit gives in training mode."""
    network.train()
    found = []
    x = normalise(integers.images)
    with torch.no_grad():
        for unit in network.each_unit():
            x = unit(x)
            found.append(x)
    return found


def test_bytes_are_normalised_channel_by_channel() -> None:
    images = torch.tensor([0, 128, 255], dtype=torch.uint8).reshape(1, 1, 3, 1).expand(1, 3, 3, 2)
    for channel, mean in enumerate(MEAN):
        expected = torch.tensor([(byte / 255 - mean) / STD for byte in (0, 128, 255)])
        found = normalise(images)[0, channel]
        torch.testing.assert_close(found, expected[:, None].expand(3, 2))


def test_every_layer_gives_the_codes_of_integer_arithmetic(
    activations: list[QuantTensor], integers: Exact
) -> None:
    for layer, found, expected in zip(layers(), activations, integers.codes(), strict=True):
        codes = found.value / found.scale
        assert torch.equal(codes, expected.float()), layer.name
        # A layer that gives one code only would prove nothing.
        assert len(expected.unique()) == TOP_CODE + 1, layer.name


def test_activations_are_said_to_be_unsigned_with_four_bits(activations: list[QuantTensor]) -> None:
    for layer, found in zip(layers(), activations, strict=True):
        assert (found.signed, float(found.bit_width), float(found.zero_point)) == (False, 4, 0)
        assert found.scale.numel() == layer.scales


def test_maps_shrink_from_111_to_7(activations: list[QuantTensor]) -> None:
    ends = [found.shape[2:] for layer, found in zip(layers(), activations, strict=True) if layer.ends_block]
    assert ends == [(side, side) for side in (111, 111, 56, 56, 28, 28, *[14] * 6, 7, 7)]


def test_the_pool_is_a_sum_shifted_and_rounded_down(
    network: MobileNet, activations: list[QuantTensor], integers: Exact
) -> None:
    last = list(integers.codes())[-1]
    expected, _ = integers.logits(last)
    with torch.no_grad():
        pooled = network.pool(activations[-1])
    assert not bool((last.sum((2, 3)) % 64 == 0).all())
    # A code of the pool stands for 64 of the input's, of which there are 49.
    codes = value_of(pooled).flatten(1) / (activations[-1].scale.flatten() * 64 / 49)
    torch.testing.assert_close(codes, expected.float())


def test_logits_are_the_integers_of_the_classifier(
    network: MobileNet, activations: list[QuantTensor], integers: Exact
) -> None:
    _, expected = integers.logits(list(integers.codes())[-1])
    assert integers.start.classifier_step is not None
    unit = integers.start.classifier_step * activations[-1].scale.flatten() * 64 / 49
    with torch.no_grad():
        found = network.eval()(normalise(integers.images)) / unit
    assert torch.equal(found.round().long(), expected)
    torch.testing.assert_close(found, expected.float(), rtol=1e-5, atol=1e-2)


def test_biases_are_rounded_to_integers(
    network: MobileNet, activations: list[QuantTensor], integers: Exact, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert integers.start.classifier_step is not None
    unit = integers.start.classifier_step * activations[-1].scale.flatten() * 64 / 49
    classifier = network.classifier
    with torch.no_grad():
        expected = classifier(network.pool(activations[-1]).flatten(1))
        monkeypatch.setattr(classifier, "bias", torch.nn.Parameter(classifier.bias + 0.4 * unit))
        found = classifier(network.pool(activations[-1]).flatten(1))
    torch.testing.assert_close(found, expected)


def test_statistics_of_the_affine_are_constants_in_training(network: MobileNet, integers: Exact) -> None:
    network.train()
    before = {name: values.clone() for name, values in network.named_buffers()}
    unit = next(network.each_unit())
    assert unit.training
    found = unit(normalise(integers.images))
    for name, values in network.named_buffers():
        assert torch.equal(values, before[name]), name
    assert torch.equal(value_of(found), value_of(network.eval().units[0](normalise(integers.images))))


def test_the_affine_counts_the_epsilon_of_its_norm() -> None:
    unit = next(MobileNet().each_unit())
    norm = unit.norm
    assert norm.running_mean is not None
    assert norm.running_var is not None
    with torch.no_grad():
        norm.weight.uniform_(-1, 1)
        norm.bias.uniform_(-1, 1)
        norm.running_mean.uniform_(-1, 1)
        # About the epsilon, so that it matters.
        norm.running_var.uniform_(0, 4 * norm.eps)
    y = torch.randn(2, 32, 3, 3)
    gain, offset = unit.affine()
    torch.testing.assert_close(
        norm.eval()(y), y * gain.reshape(-1, 1, 1) + offset.reshape(-1, 1, 1), rtol=1e-4, atol=1e-4
    )


def test_a_scale_is_its_parameter_over_the_largest_code() -> None:
    network = MobileNet().eval()
    for unit in [*network.each_unit()][:3]:
        with torch.no_grad():
            unit.weight_scale.uniform_(0.5, 2)
            unit.act_scale.uniform_(0.5, 2)
        quantized = unit.conv.quant_weight()
        top = 127 if unit.layer.index == 0 else 7
        assert_scale(quantized.scale, unit.weight_scale, top)
        assert torch.equal(unit.weight_step(), unit.weight_scale.flatten() / top)
        assert_scale(unit.act.act_quant.scale(), unit.act_scale, 15)
        assert torch.equal(unit.act_step(), unit.act_scale.flatten() / 15)
    with torch.no_grad():
        network.classifier_scale.fill_(0.3)
    # One for all its weights.
    assert network.classifier_scale.shape == ()
    assert_scale(network.classifier.quant_weight().scale, network.classifier_scale, 7)


def test_weights_are_rounded_half_to_even_and_clamped_to_a_narrow_range() -> None:
    network = MobileNet()
    for unit in [*network.each_unit()][:2]:
        top = unit.layer.top_weight
        with torch.no_grad():
            unit.weight_scale.fill_(top)
            levels = torch.tensor([-top - 9.0, -top - 0.6, -1.5, -0.5, 0.5, 1.5, 2.5, top + 0.6, top + 9.0])
            unit.conv.weight[0, 0].copy_(levels.reshape(3, 3))
        found = unit.conv.quant_weight().value[0, 0].flatten()
        assert found.tolist() == [-top, -top, -2, 0, 0, 2, 2, top, top]


def assert_scale(found: Tensor, parameter: Tensor, top: int) -> None:
    assert torch.equal(found.flatten(), parameter.flatten() / top)
