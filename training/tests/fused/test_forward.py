from __future__ import annotations

import contextlib
from dataclasses import dataclass

import pytest
import torch
from support.exact import Exact, exact
from torch import Tensor

from streamscope_training.fused import forward as fused
from streamscope_training.fused import pointwise as pointwise_module
from streamscope_training.network import plain
from streamscope_training.network.architecture import TOP_CODE, layers
from streamscope_training.network.float_twin import CEILING, FloatTwin
from streamscope_training.network.mobilenet import MobileNet, normalise
from streamscope_training.network.outputs import Output, Target

#: Layers with a target: the first, one of each kind, the last.
DRAWN = (0, 5, 12, 26)


@dataclass(frozen=True)
class Pass:
    """Forward, and backward from a loss that everything has a part in."""

    output: Output
    gradients: dict[str, Tensor]


@pytest.fixture(scope="module")
def integers() -> Exact:
    return exact(seed=5)


@pytest.fixture(scope="module")
def network(integers: Exact) -> MobileNet:
    return integers.network().train()


@pytest.fixture(scope="module")
def targets(integers: Exact) -> dict[int, Target]:
    random = torch.Generator().manual_seed(0)
    made: dict[int, Target] = {}
    codes = list(integers.codes())
    for layer in layers():
        if layer.index in DRAWN:
            features = torch.rand(codes[layer.index].shape, generator=random).bfloat16()
            weight = torch.rand(layer.outputs, generator=random) * 50 / features[0].numel()
            made[layer.index] = Target(features.contiguous(memory_format=torch.channels_last), weight)
    return made


def run(arithmetic: object, network: MobileNet, images: Tensor, targets: dict[int, Target]) -> Pass:
    network.zero_grad()
    output: Output = arithmetic.forward(network, images, targets)  # type: ignore[attr-defined]
    random = torch.Generator().manual_seed(1)
    loss = (output.logits * torch.randn(output.logits.shape, generator=random)).mean()
    loss = loss + (output.pooled * torch.randn(output.pooled.shape, generator=random)).mean()
    (loss + sum(output.losses.values())).backward()  # type: ignore[no-untyped-call]
    gradients = {name: one.grad.clone() for name, one in network.named_parameters() if one.grad is not None}
    return Pass(output, gradients)


@pytest.fixture(scope="module")
def brevitas(integers: Exact, targets: dict[int, Target]) -> Pass:
    """In float64."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "normalise", lambda images: normalise(images).double())
        return run(plain, integers.network().train().double(), integers.images, targets)


@pytest.fixture(scope="module")
def found(network: MobileNet, integers: Exact, targets: dict[int, Target]) -> Pass:
    return run(fused, network, integers.images, targets)


def test_every_layer_gives_the_codes_of_integer_arithmetic(
    network: MobileNet, integers: Exact, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Tensor] = []

    def record(*arguments: object) -> tuple[Tensor, Tensor]:
        codes, loss = staircase(*arguments)
        seen.append(codes)
        return codes, loss

    staircase = fused.staircase
    monkeypatch.setattr(fused, "staircase", record)
    with torch.no_grad():
        fused.forward(network, integers.images)
    for layer, codes, expected in zip(layers(), seen, integers.codes(), strict=True):
        assert torch.equal(codes.long(), expected), layer.name
        assert len(expected.unique()) == TOP_CODE + 1, layer.name


def test_outputs_are_those_of_brevitas(found: Pass, brevitas: Pass) -> None:
    expected = brevitas.output
    torch.testing.assert_close(found.output.pooled, expected.pooled.float(), rtol=1e-5, atol=1e-6)
    torch.testing.assert_close(found.output.logits, expected.logits.float(), rtol=1e-5, atol=1e-5)
    assert found.output.losses.keys() == expected.losses.keys() == set(DRAWN)
    for index, loss in found.output.losses.items():
        torch.testing.assert_close(loss, expected.losses[index].float(), rtol=1e-5, atol=0)


def test_every_parameter_has_the_gradient_of_brevitas_but_for_rounding_to_bfloat16(
    found: Pass, brevitas: Pass, network: MobileNet
) -> None:
    assert found.gradients.keys() == brevitas.gradients.keys() == dict(network.named_parameters()).keys()
    for name, expected in brevitas.gradients.items():
        assert relative(found.gradients[name], expected) < 0.02, name


def test_without_that_rounding_gradients_are_those_of_brevitas(
    network: MobileNet,
    integers: Exact,
    targets: dict[int, Target],
    brevitas: Pass,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pointwise_module, "_short_products", contextlib.nullcontext)
    found = run(fused, network, integers.images, targets)
    for name, expected in brevitas.gradients.items():
        # Of a weight's step it is what two sums over the layer nearly cancel to: by the rounded weights, and
        # by the gain. With the 8 bits of the first layer that takes two digits and more of float32.
        most = 3e-4 if name.endswith("conv.weight_quant.tensor_quant.scaling_impl.value") else 3e-5
        assert relative(found.gradients[name], expected) < most, name


@pytest.mark.parametrize("index", [0, 5, 12], ids=["first", "depthwise", "pointwise"])
def test_a_nan_in_any_parameter_of_a_layer_is_in_all_logits(
    network: MobileNet, integers: Exact, index: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    images = integers.images[:1, :, :64, :64]
    of_layer = list(network.units[index].parameters())
    assert len(of_layer) == 5
    for parameter in of_layer:
        broken = parameter.detach().clone()
        broken.view(-1)[-1] = torch.nan
        with monkeypatch.context() as patch, torch.no_grad():
            patch.setattr(parameter, "data", broken)
            logits = fused.forward(network, images).logits
        assert bool(logits.isnan().all())


def test_a_pass_gives_the_same_bits_again(
    found: Pass, network: MobileNet, integers: Exact, targets: dict[int, Target]
) -> None:
    again = run(fused, network, integers.images, targets)
    assert torch.equal(again.output.logits, found.output.logits)
    for name, gradient in again.gradients.items():
        assert torch.equal(gradient, found.gradients[name]), name


def test_the_twin_is_the_float_twin_but_for_bfloat16(integers: Exact) -> None:
    twin = FloatTwin(integers.start)
    images = integers.images[:, :, :64, :64]
    keep = range(27)
    expected, found = plain.PlainTwin(twin)(images, keep), fused.FusedTwin(twin)(images, keep)
    assert found.features.keys() == set(keep)
    for features in (expected.features, found.features):
        assert max(float(one.max()) for one in features.values()) == CEILING
    assert found.features[0].dtype == torch.bfloat16
    for index, most in ((0, 0.005), (1, 0.01), (26, 0.05)):
        assert relative(found.features[index].float(), expected.features[index]) < most, index
    assert found.pooled.dtype == found.logits.dtype == torch.float32
    assert relative(found.pooled, expected.pooled) < 0.05
    assert relative(found.logits, expected.logits) < 0.05


def relative(found: Tensor, expected: Tensor) -> float:
    """Size of the error, as a share."""
    return float((found - expected).norm() / expected.norm())
