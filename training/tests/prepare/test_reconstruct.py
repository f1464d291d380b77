from __future__ import annotations

import pytest
import torch
from torch import Tensor

from streamscope_training.errors import TrainingError
from streamscope_training.prepare.reconstruct import Moments, fit, round_in_turn
from streamscope_training.prepare.steps import best_weight_steps

TOP = 7


def inputs_of(seed: int, groups: int, samples: int, count: int) -> Tensor:
    """Correlated inputs, (groups, samples, count), some larger than others, not about 0."""
    random = torch.Generator().manual_seed(seed)
    mixing = torch.randn(groups, count, count, generator=random) * torch.rand(count, generator=random)
    return torch.randn(groups, samples, count, generator=random) @ mixing + 1


def weights_of(seed: int, groups: int, outputs: int, count: int) -> Tensor:
    return torch.randn(groups, outputs, count, generator=torch.Generator().manual_seed(1000 + seed))


def error(rounded: Tensor, weight: Tensor, inputs: Tensor) -> float:
    """Mean squared difference of the outputs, but for their means."""
    difference = inputs @ (rounded - weight).transpose(1, 2)
    return float((difference - difference.mean(1, keepdim=True)).square().mean())


def nearest(weight: Tensor, step: Tensor) -> Tensor:
    return (weight / step[:, :, None]).round().clamp(-TOP, TOP) * step[:, :, None]


def steps_of(weight: Tensor) -> Tensor:
    return best_weight_steps(weight.flatten(0, 1), TOP, torch.ones(1)).reshape(weight.shape[:2])


def test_moments_are_covariances_and_means() -> None:
    x, y = inputs_of(0, 2, 500, 4), inputs_of(1, 2, 500, 3)
    moments = Moments.of(x, y)
    for group in range(2):
        both = torch.cat([x[group], y[group]], dim=1).t()
        expected = both.cov(correction=0)
        torch.testing.assert_close(moments.inputs[group], expected[:4, :4])
        torch.testing.assert_close(moments.cross[group], expected[:4, 4:], atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(moments.input_mean, x.mean(1))


def test_a_fit_stays_with_weights_that_make_the_outputs() -> None:
    x, weight = inputs_of(0, 3, 400, 9), weights_of(0, 3, 2, 9)
    outputs = x @ weight.transpose(1, 2) + 5
    torch.testing.assert_close(fit(weight, Moments.of(x, outputs)), weight, rtol=1e-4, atol=1e-4)


def test_a_fit_recovers_the_weights_that_made_the_outputs() -> None:
    """As far as the ridge lets it: of inputs of equal size and no correlation, by all but a fiftieth."""
    weight, former = weights_of(0, 3, 2, 9), weights_of(1, 3, 2, 9)
    identity = torch.eye(9).expand(3, 9, 9)
    moments = Moments(identity, weight.transpose(1, 2).contiguous(), torch.zeros(3, 9))
    torch.testing.assert_close(fit(former, moments), (weight + 0.02 * former) / 1.02)


@pytest.mark.parametrize("seed", range(4))
def test_a_fit_makes_up_for_inputs_that_quantization_has_changed(seed: int) -> None:
    x, weight = inputs_of(seed, 2, 600, 12), weights_of(seed, 2, 3, 12)
    wanted = x @ weight.transpose(1, 2)
    step = x.std(1, keepdim=True)
    changed = (x / step).round() * step
    fitted = fit(weight, Moments.of(changed, wanted))

    def residual(candidate: Tensor) -> float:
        difference = changed @ candidate.transpose(1, 2) - wanted
        return float((difference - difference.mean(1, keepdim=True)).square().mean())

    assert residual(fitted) < residual(weight)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(("groups", "outputs", "count"), [(1, 8, 32), (16, 1, 9)], ids=["dense", "depthwise"])
def test_rounding_in_turn_does_less_harm_than_rounding_to_the_nearest(
    seed: int, groups: int, outputs: int, count: int
) -> None:
    x, weight = inputs_of(seed, groups, 500, count), weights_of(seed, groups, outputs, count)
    step = steps_of(weight)
    moved = round_in_turn(weight, step, TOP, Moments.of(x, x @ weight.transpose(1, 2)))
    assert error(nearest(moved, step), weight, x) < error(nearest(weight, step), weight, x)


def test_inputs_without_correlation_leave_every_weight_where_it_was() -> None:
    weight = weights_of(0, 2, 4, 6)
    size = torch.tensor([3.0, 1, 5, 2, 4, 6]).diag().expand(2, 6, 6)
    moments = Moments(size, torch.zeros(2, 6, 4), torch.zeros(2, 6))
    torch.testing.assert_close(round_in_turn(weight, steps_of(weight), TOP, moments), weight)


def test_the_input_that_matters_most_is_rounded_as_it_is() -> None:
    x, weight = inputs_of(0, 1, 500, 8), weights_of(0, 1, 4, 8)
    x[:, :, 5] *= 100
    moved = round_in_turn(weight, steps_of(weight), TOP, Moments.of(x, x @ weight.transpose(1, 2)))
    torch.testing.assert_close(moved[:, :, 5], weight[:, :, 5])
    assert not torch.equal(moved, weight)


def test_inputs_that_are_the_same_share_their_errors() -> None:
    """0.4 and 0.4 of one input become 0 and 1, whose sum is nearer than that of 0 and 0."""
    one = torch.randn(1, 500, 1, generator=torch.Generator().manual_seed(0))
    x, weight = one.expand(1, 500, 2), torch.full((1, 1, 2), 0.4)
    step = torch.ones(1, 1)
    moved = round_in_turn(weight, step, TOP, Moments.of(x, x @ weight.transpose(1, 2)))
    assert sorted(nearest(moved, step).flatten().tolist()) == [0, 1]


def test_weights_beyond_the_top_are_made_up_for_as_well() -> None:
    x = inputs_of(3, 1, 500, 16)
    weight = weights_of(3, 1, 4, 16)
    step = 0.5 * steps_of(weight)
    moved = round_in_turn(weight, step, TOP, Moments.of(x, x @ weight.transpose(1, 2)))
    codes = nearest(moved, step) / step[:, :, None]
    assert float(codes.abs().max()) == TOP
    assert error(nearest(moved, step), weight, x) < error(nearest(weight, step), weight, x)


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_constant_inputs_break_nothing(share: float) -> None:
    x, weight = inputs_of(0, 2, 100, 8), weights_of(0, 2, 3, 8)
    x[:, :, : int(8 * share)] = 0.7
    if share == 1:
        x[1] = 0
    moments = Moments.of(x, x @ weight.transpose(1, 2))
    fitted = fit(weight, moments)
    moved = round_in_turn(fitted, steps_of(weight), TOP, moments)
    # Weights of constant inputs change no output but its mean: they stay.
    torch.testing.assert_close(fitted, weight, rtol=1e-3, atol=1e-3)
    assert bool(moved.isfinite().all())
    for i in range(int(8 * share)):
        torch.testing.assert_close(moved[:, :, i], weight[:, :, i], rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize(("of_inputs", "of_outputs"), [(1e25, 1), (1e10, 1e30), (1, float("inf"))])
def test_values_that_no_weights_can_be_found_by_are_refused(of_inputs: float, of_outputs: float) -> None:
    x, y = of_inputs * inputs_of(0, 2, 100, 8), of_outputs * inputs_of(1, 2, 100, 3)
    with pytest.raises(TrainingError, match=r"The start cannot be calibrated: .* too large for float32"):
        Moments.of(x, y)


@pytest.mark.parametrize("size", [1e-30, 1e-10, 1e10, 1e16])
def test_values_of_any_other_size_have_their_weights(size: float) -> None:
    x, weight = size * inputs_of(0, 2, 100, 8), weights_of(0, 2, 3, 8)
    moments = Moments.of(x, x @ weight.transpose(1, 2))
    fitted = fit(weight, moments)
    assert bool(fitted.isfinite().all())
    assert bool(round_in_turn(fitted, steps_of(weight), TOP, moments).isfinite().all())
