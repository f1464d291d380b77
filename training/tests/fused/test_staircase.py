from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from brevitas.function.ops import tensor_clamp
from brevitas.function.ops_ste import round_ste
from torch import Tensor

from streamscope_training.fused import staircase as module
from streamscope_training.fused.native import library
from streamscope_training.fused.staircase import ramp, staircase

TOP = 15
#: (N, C, H, W): sizes of vectors and others; more rows than are summed in float32 at once.
SHAPES = [(2, 32, 9, 7), (1, 5, 3, 3), (3, 64, 1, 1), (1, 1, 13, 11)]

NAN = torch.tensor(torch.nan)

Function = Callable[..., tuple[Tensor, Tensor]]


def brevitas(
    values: Tensor, gain: Tensor, offset: Tensor, step: Tensor, top: int,
    target: Tensor | None = None, weight: Tensor | None = None,
) -> tuple[Tensor, Tensor]:  # fmt: skip
    """The same of Brevitas's own operations, in float32."""

    def wide(vector: Tensor) -> Tensor:
        return vector.reshape(1, -1, 1, 1)

    level = (values.float() * wide(gain) + wide(offset)).relu()
    codes = tensor_clamp(round_ste(level), min_val=torch.tensor(0.0), max_val=torch.tensor(float(top)))
    if target is None or weight is None:
        return codes, torch.zeros(())
    return codes, (wide(weight) * (wide(step) * codes - target.float()) ** 2).sum()


@pytest.fixture(params=["native", "plain"])
def implementation(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """In C, and in PyTorch."""
    if request.param == "plain":
        monkeypatch.setattr(module, "library", lambda: None)
    elif library() is None:
        pytest.skip("no C compiler")
    return str(request.param)


class Case:
    """Levels are multiples of 1/8 about 0..15, so exact; many are where they are rounded or cut off."""

    def __init__(self, shape: tuple[int, int, int, int], *, with_target: bool, seed: int = 0) -> None:
        random = torch.Generator().manual_seed(seed)
        channels = shape[1]
        values = torch.randint(-128, 129, shape, generator=random) / 4
        self.values = values.contiguous(memory_format=torch.channels_last)
        sign = torch.randint(2, (channels,), generator=random) * 2 - 1
        self.gain = 2.0 ** torch.randint(-1, 2, (channels,), generator=random) * sign
        self.offset = torch.randint(0, 121, (channels,), generator=random) / 8
        self.step = torch.rand(channels, generator=random) + 0.1
        self.target = self.weight = None
        if with_target:
            target = torch.rand(shape, generator=random) * 10
            self.target = target.bfloat16().contiguous(memory_format=torch.channels_last)
            self.weight = torch.rand(channels, generator=random)
        self.upstream = torch.randn(shape, generator=random)

    def run(self, function: Function, *, by_loss: float = 3.0) -> tuple[Tensor, Tensor, list[Tensor | None]]:
        """Codes, loss, and gradients by values, gain, offset and step."""
        leaves = [one.clone().requires_grad_() for one in (self.values, self.gain, self.offset, self.step)]
        codes, loss = function(*leaves, TOP, self.target, self.weight)
        (codes * self.upstream).sum().add(by_loss * loss).backward()  # type: ignore[no-untyped-call]
        return codes.detach(), loss.detach(), [leaf.grad for leaf in leaves]


@pytest.mark.parametrize("with_target", [False, True], ids=["alone", "with target"])
@pytest.mark.parametrize("shape", SHAPES)
def test_codes_losses_and_gradients_are_brevitas(
    implementation: str, shape: tuple[int, int, int, int], with_target: bool
) -> None:
    case = Case(shape, with_target=with_target)
    codes, loss, gradients = case.run(staircase)
    expected_codes, expected_loss, expected = case.run(brevitas)
    assert torch.equal(codes, expected_codes)
    torch.testing.assert_close(loss, expected_loss, rtol=1e-5, atol=0)
    by_values, *by_vectors = gradients
    assert by_values is not None
    expected_by_values, *expected_by_vectors = expected
    assert expected_by_values is not None
    torch.testing.assert_close(by_values, expected_by_values, rtol=1e-5, atol=1e-5)
    for name, found, wanted in zip(("gain", "offset", "step"), by_vectors, expected_by_vectors, strict=True):
        if wanted is None:
            # Brevitas's has no way from codes to the step.
            assert name == "step"
            wanted = torch.zeros_like(case.step)
        assert found is not None
        torch.testing.assert_close(found, wanted, rtol=1e-4, atol=1e-3)


def test_both_implementations_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    if library() is None:
        pytest.skip("no C compiler")
    for shape in SHAPES:
        case = Case(shape, with_target=True, seed=1)
        native = case.run(staircase)
        with monkeypatch.context() as patch:
            patch.setattr(module, "library", lambda: None)
            plain = case.run(staircase)
        assert torch.equal(native[0], plain[0])
        torch.testing.assert_close(native[1], plain[1], rtol=1e-6, atol=0)
        for one, other in zip(native[2], plain[2], strict=True):
            torch.testing.assert_close(one, other, rtol=1e-5, atol=1e-4)


def test_codes_differ_from_exact_ones_only_where_a_level_is_next_to_being_rounded(
    implementation: str,
) -> None:
    random = torch.Generator().manual_seed(2)
    values = torch.randn(2, 48, 20, 20, generator=random) * 40
    gain, offset = torch.randn(48, generator=random), torch.rand(48, generator=random) * 15
    codes, _ = staircase(values, gain, offset, torch.ones(48), TOP)
    levels = values.double() * gain.double().reshape(-1, 1, 1) + offset.double().reshape(-1, 1, 1)
    differs = codes.double() != levels.round().clamp(0, TOP)
    assert bool(((levels[differs] - levels[differs].floor() - 0.5).abs() < 1e-4).all())


def test_ties_go_to_even_and_borders_are_cut_as_brevitas_cuts_them(implementation: str) -> None:
    levels = torch.tensor([-1, -0.5, 0, 0.125, 0.5, 1.5, 2.5, 14.5, 15, 15.375, 15.5, 16, 100])
    values = levels.reshape(1, 1, 1, -1).requires_grad_()
    one = torch.ones(1)
    codes, loss = staircase(values, one, torch.zeros(1), one, TOP)
    codes.sum().backward()
    assert codes.flatten().tolist() == [0, 0, 0, 0, 0, 2, 2, 14, 15, 15, 15, 15, 15]
    assert float(loss.detach()) == 0
    assert values.grad is not None
    # At 0 the ReLU is flat; 15.5 is rounded to 16, which is cut off.
    assert values.grad.flatten().tolist() == [0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0]


@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
@pytest.mark.parametrize("kind", [torch.bfloat16, torch.float32])
def test_values_and_targets_are_taken_in_any_layout_and_type(
    implementation: str, layout: torch.memory_format, kind: torch.dtype
) -> None:
    case = Case((2, 32, 5, 4), with_target=True)
    expected = case.run(staircase)
    assert case.target is not None
    # Multiples of 1/4 up to 32, which 8 bits hold.
    case.values = case.values.to(kind).contiguous(memory_format=layout)
    case.target = case.target.to(kind).contiguous(memory_format=layout)
    found = case.run(staircase)
    assert torch.equal(found[0], expected[0])
    assert torch.equal(found[1], expected[1])
    for one, other in zip(found[2], expected[2], strict=True):
        assert one is not None
        assert other is not None
        assert torch.equal(one, other.to(one.dtype))


def test_scales_may_be_expanded_from_one(implementation: str) -> None:
    case = Case((2, 32, 5, 4), with_target=True)
    case.step = torch.full((32,), 0.5)
    expected = case.run(staircase)
    case.step = torch.tensor([0.5]).expand(32)
    found = case.run(staircase)
    assert torch.equal(found[1], expected[1])


def test_threads_change_no_code_and_runs_no_bit(implementation: str, monkeypatch: pytest.MonkeyPatch) -> None:
    case = Case((2, 32, 9, 7), with_target=True)
    alone = case.run(staircase)
    monkeypatch.setattr(torch, "get_num_threads", lambda: 3)
    first, second = case.run(staircase), case.run(staircase)
    assert torch.equal(first[0], alone[0])
    for one, other, single in zip(first[2], second[2], alone[2], strict=True):
        assert one is not None
        assert other is not None
        assert torch.equal(one, other)
        torch.testing.assert_close(one, single, rtol=1e-5, atol=1e-4)
    assert torch.equal(first[1], second[1])


@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
def test_a_ramp_is_an_affine_cut_off_at_both_ends(implementation: str, layout: torch.memory_format) -> None:
    case = Case((2, 32, 9, 7), with_target=False)
    found = ramp(case.values.bfloat16().contiguous(memory_format=layout), case.gain, case.offset, 6.0)
    levels = case.values.float() * case.gain.reshape(-1, 1, 1) + case.offset.reshape(-1, 1, 1)
    assert torch.equal(found, levels.clamp(0, 6).bfloat16())
    assert 0 < float((found == 6).float().mean()) < 1


def test_what_is_written_in_bfloat16_is_rounded_half_to_even(implementation: str) -> None:
    # Halfway between neighbours, of which every other is even.
    values = (1 + torch.arange(128) / 128).bfloat16().reshape(1, 1, 1, -1)
    found = ramp(values, torch.ones(1), torch.tensor([1 / 256]), 6.0)
    assert torch.equal(found, (values.float() + 1 / 256).bfloat16())
    assert len(found.unique()) == 65


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("where", ["values", "gain", "offset", "step", "target", "weight"])
def test_a_nan_is_in_all_codes_that_it_reaches_and_in_the_loss(
    implementation: str, shape: tuple[int, int, int, int], where: str
) -> None:
    for channel in (0, -1):
        case = Case(shape, with_target=True)
        healthy, _, _ = case.run(staircase)
        put_nan(getattr(case, where), channel)
        reached = levels(case).isnan()
        codes, loss, _ = case.run(staircase)
        assert bool(reached.any()) == (where in ("values", "gain", "offset"))
        assert torch.equal(codes.isnan(), reached)
        assert torch.equal(codes[~reached], healthy[~reached])
        assert bool(loss.isnan())
        case.target = case.weight = None
        codes, _, _ = case.run(staircase)
        assert torch.equal(codes.isnan(), reached)


@pytest.mark.parametrize("with_target", [False, True], ids=["alone", "with target"])
def test_a_nan_from_above_is_in_the_gradients(implementation: str, with_target: bool) -> None:
    case = Case((2, 32, 9, 7), with_target=with_target)
    inside = (levels(case) > 0) & (levels(case) < TOP)
    case.upstream[inside] = torch.nan
    _, _, (by_values, by_gain, by_offset, _) = case.run(staircase)
    assert by_values is not None
    assert bool(by_values[inside].isnan().all())
    for by_channel in (by_gain, by_offset):
        assert by_channel is not None
        assert torch.equal(by_channel.isnan(), inside.any(3).any(2).any(0))


#: The usual one, and one whose bits are all set: rounded as a number is, it would become a zero.
@pytest.mark.parametrize("bits", [0x7FC00000, 0x7FFFFFFF], ids=hex)
@pytest.mark.parametrize("where", ["values", "gain", "offset"])
def test_a_nan_stays_one_in_a_ramp(implementation: str, where: str, bits: int) -> None:
    case = Case((2, 32, 9, 7), with_target=False)
    case.values = case.values.bfloat16()
    nan = torch.tensor(bits, dtype=torch.int32).view(torch.float32)
    put_nan(getattr(case, where), 3, nan)
    found = ramp(case.values, case.gain, case.offset, 6.0)
    assert torch.equal(found.isnan(), levels(case).isnan())
    assert bool(found.isnan().any())


def put_nan(tensor: Tensor, channel: int, nan: Tensor = NAN) -> None:
    """Into a vector's channel, or into the last place of a map's channel."""
    place = (channel,) if tensor.ndim == 1 else (-1, channel, -1, -1)
    tensor[place] = nan


def levels(case: Case) -> Tensor:
    return case.values.float() * case.gain.reshape(-1, 1, 1) + case.offset.reshape(-1, 1, 1)
