from __future__ import annotations

import pytest
import torch
from support.exact import Exact, exact

from streamscope_training.network.architecture import STD, layers
from streamscope_training.network.float_twin import FloatTwin
from streamscope_training.network.mobilenet import MobileNet, normalise
from streamscope_training.network.outputs import Target
from streamscope_training.network.plain import PlainTwin, forward, value_of


@pytest.fixture(scope="module")
def integers() -> Exact:
    return exact(seed=4, pictures=1)


@pytest.fixture(scope="module")
def network(integers: Exact) -> MobileNet:
    return integers.network()


@torch.no_grad()
def test_it_gives_what_the_network_gives(network: MobileNet, integers: Exact) -> None:
    output = forward(network, integers.images)
    assert torch.equal(output.logits, value_of(network(normalise(integers.images))))
    assert output.losses == {}
    pooled, _ = integers.logits(list(integers.codes())[-1])
    step = next(reversed(list(network.each_unit()))).act_step()
    torch.testing.assert_close(output.pooled, pooled * step * 64 / 49)


@torch.no_grad()
def test_losses_are_weighted_squared_errors_of_the_layers_that_have_a_target(
    network: MobileNet, integers: Exact
) -> None:
    targets: dict[int, Target] = {}
    expected: dict[int, float] = {}
    codes = list(integers.codes())
    for unit in network.each_unit():
        layer = unit.layer
        if layer.index in (0, 3, 26):
            values = codes[layer.index] * unit.act_step().reshape(-1, 1, 1)
            features = torch.rand(values.shape, generator=torch.Generator().manual_seed(layer.index))
            weight = torch.arange(1, layer.outputs + 1) / 100
            targets[layer.index] = Target(features.bfloat16(), weight)
            errors = (values.double() - features.bfloat16().double()) ** 2
            expected[layer.index] = float((errors.sum((0, 2, 3)) * weight).sum())
    losses = forward(network, integers.images, targets).losses
    assert losses.keys() == expected.keys()
    for index, loss in losses.items():
        assert float(loss) == pytest.approx(expected[index], rel=1e-4)


def test_the_twin_gives_its_logits_and_the_features_asked_for(integers: Exact) -> None:
    twin = FloatTwin(integers.start)
    images = integers.images[:, :, :64, :64]
    output = PlainTwin(twin)(images, keep=(0, 4, 26))
    x = normalise(images)
    torch.testing.assert_close(output.logits, twin(x))
    after = [values for _, values in twin.pre_activations(x)]
    torch.testing.assert_close(output.pooled, after[-1].mean((2, 3)))
    assert output.features.keys() == {0, 4, 26}
    for index, features in output.features.items():
        assert torch.equal(features, after[index])
        assert features.shape[1] == layers()[index].outputs


def test_values_are_those_of_tensors_with_and_without_scales(network: MobileNet) -> None:
    plain = torch.tensor([1.0])
    assert value_of(plain) is plain
    x = torch.full((1, 3, 3, 3), 1 / STD)
    quantized = next(network.each_unit())(x)
    assert torch.equal(value_of(quantized), quantized.value)
