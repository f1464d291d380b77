from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest
import torch
from support.runs import Workshop

from streamscope_training.network.architecture import layers
from streamscope_training.network.mobilenet import MobileNet
from streamscope_training.network.start import load_quantized
from streamscope_training.run.recipe import Optimizer, Rates
from streamscope_training.run.relative_adam import RelativeAdam, units

#: Adam alone: hysteresis has tests of its own.
SETTINGS = Optimizer(betas=(0.8, 0.95), hysteresis=0.0)
EVERY_RATE_1 = Rates(*[1] * len(fields(Rates)))


@pytest.fixture
def network(workshop: Workshop) -> Iterator[MobileNet]:
    """At its start, without gradients."""
    load_quantized(workshop.network, workshop.start)
    yield workshop.network
    workshop.network.zero_grad()


def values_of(network: MobileNet) -> dict[str, torch.Tensor]:
    return {name: parameter.detach().clone() for name, parameter in network.named_parameters()}


def give_gradients(network: MobileNet, seed: int) -> dict[str, torch.Tensor]:
    random = torch.Generator().manual_seed(seed)
    gradients = {}
    for name, parameter in network.named_parameters():
        gradients[name] = torch.randn(parameter.shape, generator=random)
        parameter.grad = gradients[name].clone()
    return gradients


def group_of(name: str) -> str:
    """The rate's name that goes with a parameter's."""
    if name.startswith("classifier"):
        return "classifier"
    if name.endswith("conv.weight") and layers()[int(name.split(".")[1])].depthwise:
        return "depthwise"
    endings = {
        "conv.weight": "weights",
        "norm.weight": "gains",
        "norm.bias": "offsets",
        "conv.weight_quant.tensor_quant.scaling_impl.value": "weight_scales",
    }
    return next((group for ending, group in endings.items() if name.endswith(ending)), "activation_scales")


def test_the_first_step_moves_every_parameter_by_its_unit(network: MobileNet) -> None:
    before = values_of(network)
    gradients = give_gradients(network, 1)
    expected = {name: unit.expand_as(before[name]) for name, unit in units(network, EVERY_RATE_1).items()}
    assert set(expected) == set(before)
    RelativeAdam(network, SETTINGS, EVERY_RATE_1).step(0.5)
    for name, after in values_of(network).items():
        moved = before[name] - 0.5 * expected[name] * gradients[name].sign()
        torch.testing.assert_close(after, moved, rtol=1e-5, atol=1e-7)


def test_units_are_steps_of_the_quantizers(network: MobileNet) -> None:
    found = units(network, EVERY_RATE_1)
    names = {id(parameter): name for name, parameter in network.named_parameters()}

    def unit_of(parameter: torch.Tensor) -> torch.Tensor:
        return found[names[id(parameter)]]

    first, second = list(network.each_unit())[:2]
    assert torch.equal(unit_of(second.conv.weight).reshape(-1), second.weight_step())
    assert torch.equal(unit_of(second.weight_scale), second.weight_scale)
    assert torch.equal(unit_of(second.act_scale), second.act_scale)
    assert torch.equal(unit_of(first.norm.bias), first.act_step())
    torch.testing.assert_close(unit_of(second.norm.bias), second.act_step())
    gains = first.norm.weight.detach().abs()
    assert torch.equal(unit_of(first.norm.weight), gains.clamp_min(0.1))
    assert torch.equal(unit_of(network.classifier.weight), network.classifier_scale / 7)


def test_a_channel_at_0_can_come_back(network: MobileNet) -> None:
    norm = next(network.each_unit()).norm
    with torch.no_grad():
        norm.weight[3] = 0
    give_gradients(network, 2)
    RelativeAdam(network, SETTINGS, EVERY_RATE_1).step(1.0)
    assert float(norm.weight.detach()[3].abs()) == pytest.approx(0.1)


@pytest.mark.parametrize(
    "still", ["weights", "depthwise", "weight_scales", "activation_scales", "gains", "offsets"]
)
def test_a_rate_of_0_keeps_a_group_and_moves_the_others(network: MobileNet, still: str) -> None:
    before = values_of(network)
    give_gradients(network, 3)
    rates = Rates(**{"weights": 1.0, "gains": 1.0, "classifier": 0.0, still: 0.0})
    RelativeAdam(network, SETTINGS, rates).step(0.1)
    for name, after in values_of(network).items():
        stays = group_of(name) in (still, "classifier")
        assert torch.equal(after, before[name]) == stays, name


def test_a_rate_scales_the_move(network: MobileNet) -> None:
    whole = units(network, EVERY_RATE_1)
    half = units(network, replace(EVERY_RATE_1, gains=0.5))
    for name, unit in whole.items():
        factor = 0.5 if group_of(name) == "gains" else 1.0
        torch.testing.assert_close(half[name], factor * unit)


def test_with_units_of_1_it_is_adam(network: MobileNet) -> None:
    ours = RelativeAdam(network, SETTINGS, EVERY_RATE_1)
    state = ours.state_dict()
    ours.load_state_dict({**state, "units": {name: torch.ones(()) for name in state["units"]}})
    twins = {name: torch.nn.Parameter(values) for name, values in values_of(network).items()}
    adam = torch.optim.Adam(twins.values(), lr=0.01, betas=SETTINGS.betas, eps=1e-20)
    for seed in range(3):
        for name, gradient in give_gradients(network, seed).items():
            twins[name].grad = gradient
        ours.step(0.01)
        adam.step()
    for name, parameter in network.named_parameters():
        torch.testing.assert_close(parameter, twins[name], rtol=1e-5, atol=1e-6)


def test_a_parameter_without_a_gradient_stays_and_gradients_are_dropped(network: MobileNet) -> None:
    before = values_of(network)
    give_gradients(network, 4)
    network.classifier.bias.grad = None
    RelativeAdam(network, SETTINGS, EVERY_RATE_1).step(0.1)
    assert torch.equal(network.classifier.bias, before["classifier.bias"])
    assert all(parameter.grad is None for parameter in network.parameters())


def through_a_file(state: dict[str, Any]) -> dict[str, Any]:
    file = io.BytesIO()
    torch.save(state, file)
    file.seek(0)
    loaded: dict[str, Any] = torch.load(file, weights_only=True)
    return loaded


def test_it_goes_on_from_its_state_to_the_bit(network: MobileNet) -> None:
    optimizer = RelativeAdam(network, SETTINGS, Rates())
    for seed in (1, 2):
        give_gradients(network, seed)
        optimizer.step(0.01)
    state, parameters = through_a_file(optimizer.state_dict()), values_of(network)
    give_gradients(network, 3)
    optimizer.step(0.01)
    expected = values_of(network)

    # Units are the start's, not those of the network that the state finds.
    other = RelativeAdam(network, SETTINGS, Rates())
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            parameter.copy_(parameters[name])
    other.load_state_dict(state)
    give_gradients(network, 3)
    other.step(0.01)
    for name, after in values_of(network).items():
        assert torch.equal(after, expected[name]), name
