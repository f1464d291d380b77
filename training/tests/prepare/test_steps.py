from __future__ import annotations

import pytest
import torch
from torch import Tensor

from streamscope_training.prepare.steps import best_activation_steps, best_weight_steps, quantize


def test_values_go_to_the_nearest_multiple_and_stay_in_range() -> None:
    values = torch.tensor([-9.0, -0.3, -0.25, 0.0, 0.25, 0.3, 0.75, 3.6, 3.8, 9.0])
    found = quantize(values, torch.tensor(0.5), -2, 7)
    assert found.tolist() == [-1, -0.5, 0, 0, 0, 0.5, 1, 3.5, 3.5, 3.5]


@pytest.mark.parametrize("top", [7, 127])
def test_weights_that_are_multiples_of_a_step_get_that_step(top: int) -> None:
    random = torch.Generator().manual_seed(top)
    codes = torch.randint(-top, top + 1, (6, 8, 3, 3), generator=random).float()
    codes[:, 0, 0, 0] = top
    steps = torch.tensor([0.01, 0.02, 0.1, 0.5, 1, 4])
    found = best_weight_steps(codes * steps.reshape(-1, 1, 1, 1), top, torch.ones(1))
    torch.testing.assert_close(found, steps, rtol=1e-4, atol=0)


def test_each_channel_has_no_more_error_than_with_its_largest_weight_at_the_top() -> None:
    weight = torch.randn(16, 64, generator=torch.Generator().manual_seed(0))
    full = weight.abs().amax(1) / 7
    found = best_weight_steps(weight, 7, torch.ones(1))
    assert bool((error(weight, found) <= error(weight, full)).all())
    assert float(error(weight, found).sum()) < 0.9 * float(error(weight, full).sum())


def error(weight: Tensor, step: Tensor) -> Tensor:
    return (quantize(weight, step[:, None], -7, 7) - weight).square().sum(1)


def test_a_weight_that_matters_more_is_met_better() -> None:
    # One large weight, and many for which it leaves only codes -1, 0, 1.
    weight = torch.cat([torch.tensor([3.0]), torch.linspace(-0.5, 0.5, 40)])[None]
    large, small = torch.ones(41), torch.ones(41)
    large[0], small[0] = 1000, 0.001
    by_large, by_small = best_weight_steps(weight, 7, large), best_weight_steps(weight, 7, small)
    assert abs(float(quantize(weight, by_large, -7, 7)[0, 0]) - 3) < 0.05
    assert float(by_small) < 0.5 * float(by_large)


@pytest.mark.parametrize("per_channel", [True, False])
def test_activations_that_are_multiples_of_a_step_get_that_step(per_channel: bool) -> None:
    random = torch.Generator().manual_seed(0)
    codes = torch.randint(16, (200, 4), generator=random).float()
    codes[0] = 15
    steps = torch.tensor([0.1, 0.2, 0.5, 2]) if per_channel else torch.tensor([0.3])
    found = best_activation_steps(codes * steps, 15, per_channel)
    torch.testing.assert_close(found, steps, rtol=1e-4, atol=0)


def test_a_far_outlier_is_clipped() -> None:
    values = torch.rand(10_000, 1, generator=torch.Generator().manual_seed(0))
    values[0] = 3
    assert float(best_activation_steps(values, 15, True)) < 1.1 / 15


def test_a_channel_that_is_always_0_has_a_scale_above_0() -> None:
    activations = torch.zeros(32, 3)
    activations[:, 1] = torch.rand(32, generator=torch.Generator().manual_seed(0)) + 1
    found = best_activation_steps(activations, 15, True)
    assert found.shape == (3,)
    assert bool((found > 0).all())
    assert float(found[1]) > 100 * float(found[0])
    assert bool((best_weight_steps(torch.zeros(2, 9), 7, torch.ones(1)) > 0).all())
