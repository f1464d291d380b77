from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import pytest
import torch
from support.runs import Workshop

from streamscope_training.network.mobilenet import MobileNet, Unit
from streamscope_training.network.start import load_quantized
from streamscope_training.run.hysteresis import Hysteresis
from streamscope_training.run.recipe import Optimizer, Rates
from streamscope_training.run.relative_adam import RelativeAdam

WIDTH = 0.2


@pytest.fixture
def network(workshop: Workshop) -> Iterator[MobileNet]:
    """At its start, without gradients."""
    load_quantized(workshop.network, workshop.start)
    yield workshop.network
    workshop.network.zero_grad()


def unit_of(network: MobileNet) -> Unit:
    return list(network.each_unit())[2]


def levels(unit: Unit) -> torch.Tensor:
    """Weights in steps of their quantizer, (outputs, inputs)."""
    return (unit.conv.weight.detach() / unit.weight_step().detach().reshape(-1, 1, 1, 1)).flatten(1)


def set_levels(unit: Unit, values: torch.Tensor) -> None:
    with torch.no_grad():
        steps = unit.weight_step().reshape(-1, 1, 1, 1)
        unit.conv.weight.copy_(values.reshape(unit.conv.weight.shape) * steps)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # Over a boundary: at least 0.2 of a step behind it, from either side and for any sign.
        (0.4, 0.55, 0.7),
        (0.7, 0.45, 0.3),
        (-2.4, -2.51, -2.7),
        (-2.6, -2.4, -2.3),
        (-0.4, 0.6, 0.7),
        # Farther than that already, also by several codes.
        (0.4, 0.9, 0.9),
        (-3.0, 2.95, 2.95),
        (3.0, -1.52, -1.7),
        # The same code.
        (0.1, 0.499, 0.499),
        (1.4, 0.6, 0.6),
        # Beyond the outermost code there is no other.
        (6.4, 7.6, 7.6),
        (-6.4, -7.6, -7.6),
        (6.9, 7.6, 7.6),
        (7.6, 9.0, 9.0),
        (9.0, 6.45, 6.3),
    ],
)
def test_a_weight_whose_code_changes_goes_on_into_its_range(
    network: MobileNet, before: float, after: float, expected: float
) -> None:
    unit = unit_of(network)
    values = torch.zeros(unit.conv.weight[..., 0, 0].shape)
    values[5, 3] = before
    set_levels(unit, values)
    hysteresis = Hysteresis(network, WIDTH, network.parameters())
    codes = hysteresis.codes()
    values[5, 3] = after
    set_levels(unit, values)
    hysteresis.push(codes)
    values[5, 3] = expected
    torch.testing.assert_close(levels(unit), values, rtol=1e-5, atol=1e-5)


def test_it_changes_no_code_and_no_weight_that_keeps_its_code(network: MobileNet) -> None:
    hysteresis = Hysteresis(network, WIDTH, network.parameters())
    before = hysteresis.codes()
    random = torch.Generator().manual_seed(1)
    weights = [unit.conv.weight for unit in network.each_unit()] + [network.classifier.weight]
    with torch.no_grad():
        for weight in weights:
            weight.add_(torch.randn(weight.shape, generator=random) * weight.std() * 0.1)
    codes, values = hysteresis.codes(), [weight.detach().clone() for weight in weights]
    hysteresis.push(before)
    assert all(torch.equal(*pair) for pair in zip(codes, hysteresis.codes(), strict=True))
    for weight, value, former, code in zip(weights, values, before, codes, strict=True):
        assert torch.equal(weight[former == code], value[former == code])
        assert not torch.equal(weight, value)


def test_codes_that_change_with_the_scale_count_too(network: MobileNet) -> None:
    unit = unit_of(network)
    set_levels(unit, torch.full(unit.conv.weight[..., 0, 0].shape, 1.51))
    hysteresis = Hysteresis(network, WIDTH, network.parameters())
    before = hysteresis.codes()
    with torch.no_grad():
        unit.weight_scale[0] *= 1.02
    hysteresis.push(before)
    assert levels(unit)[0].tolist() == pytest.approx([1.3] * levels(unit).shape[1], rel=1e-5)
    assert levels(unit)[1].tolist() == pytest.approx([1.51] * levels(unit).shape[1], rel=1e-5)


def test_weights_that_are_not_trained_stay(network: MobileNet) -> None:
    unit = unit_of(network)
    hysteresis = Hysteresis(network, WIDTH, [unit.conv.weight])
    before = hysteresis.codes()
    with torch.no_grad():
        for one in network.each_unit():
            one.weight_scale.mul_(1.3)
    others = [one.conv.weight.detach().clone() for one in network.each_unit()]
    hysteresis.push(before)
    for one, weight in zip(network.each_unit(), others, strict=True):
        assert torch.equal(one.conv.weight, weight) == (one is not unit)


def test_with_the_optimizer_weights_swing_less(network: MobileNet) -> None:
    """Weights whose best value is between two codes: the gradient leads from each to the other."""
    rates = Rates(**{field.name: 0.0 for field in fields(Rates)} | {"weights": 1.0})
    changes = {}
    for width in (0.0, WIDTH):
        unit = unit_of(network)
        set_levels(unit, torch.full(unit.conv.weight[..., 0, 0].shape, 0.49))
        optimizer = RelativeAdam(network, Optimizer(hysteresis=width), rates)
        changes[width] = 0
        for _ in range(100):
            codes = levels(unit).round()
            unit.conv.weight.grad = (codes - 0.5).reshape(unit.conv.weight.shape)
            optimizer.step(0.01)
            changes[width] += int((levels(unit).round() != codes)[0, 0])
    assert 1 <= changes[WIDTH] <= 5
    assert changes[0.0] >= 4 * changes[WIDTH]
