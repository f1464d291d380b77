"""FINN's MobileNet-v1 as a Brevitas network: what is trained, evaluated and exported."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from brevitas.nn import QuantConv2d, QuantLinear, QuantReLU, TruncAvgPool2d
from brevitas.quant import Int32Bias
from torch import Tensor, nn

from .architecture import (
    ACTIVATION_BITS,
    CLASSES,
    CLASSIFIER_BITS,
    MEAN,
    POOL_SIDE,
    STD,
    TOP_CODE,
    Layer,
    features,
    layers,
)
from .quantizers import ActivationQuant, ChannelWeightQuant, TensorWeightQuant


def normalise(images: Tensor) -> Tensor:
    """(x / 255 - mean) / std in float32, for images (N, 3, H, W) of unsigned bytes, RGB."""
    mean = torch.tensor(MEAN).reshape(1, 3, 1, 1)
    return (images.to(torch.float32) / 255 - mean) / STD


class Unit(nn.Module):
    """Convolution, affine, quantized ReLU: one hardware layer with its thresholds.

    The affine is a batch normalization whose statistics are constants: mean 0 and variance 1, so that its
    weight and bias are the gain and the offset, but for the factor of its epsilon.
    """

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.layer = layer
        self.conv = QuantConv2d(
            layer.inputs,
            layer.outputs,
            layer.kernel,
            stride=layer.stride,
            padding=layer.padding,
            groups=layer.groups,
            bias=False,
            weight_quant=ChannelWeightQuant,
            weight_bit_width=layer.weight_bits,
        )
        self.norm = nn.BatchNorm2d(layer.outputs)
        scales = (
            {"per_channel_broadcastable_shape": (1, layer.outputs, 1, 1), "scaling_per_output_channel": True}
            if layer.scale_per_channel
            else {}
        )
        self.act = QuantReLU(
            act_quant=ActivationQuant, bit_width=ACTIVATION_BITS, return_quant_tensor=True, **scales
        )

    def forward(self, x: Tensor) -> Tensor:
        return self.act(self.norm(self.conv(x)))  # type: ignore[no-any-return]

    def train(self, mode: bool = True) -> Unit:
        """As of nn.Module, but the affine's statistics stay what they are."""
        super().train(mode)
        self.norm.eval()
        return self

    @property
    def weight_scale(self) -> nn.Parameter:
        """Largest weight a channel: scale times ``layer.top_weight``. Shape (outputs, 1, 1, 1)."""
        return self.conv.weight_quant.tensor_quant.scaling_impl.value  # type: ignore[no-any-return]

    @property
    def act_scale(self) -> nn.Parameter:
        """Largest activation: scale times TOP_CODE. Shape (1, outputs, 1, 1), or none."""
        return self.act.act_quant.fused_activation_quant_proxy.tensor_quant.scaling_impl.value  # type: ignore[no-any-return]

    def weight_step(self) -> Tensor:
        """Scale of the weights, by output channel (outputs,)."""
        return self.weight_scale.reshape(-1) / self.layer.top_weight

    def act_step(self) -> Tensor:
        """Scale of the activations, (outputs,) or (1,)."""
        return self.act_scale.reshape(-1) / TOP_CODE  # type: ignore[no-any-return]

    def affine(self) -> tuple[Tensor, Tensor]:
        """Gain and offset after the convolution, by channel (outputs,)."""
        norm = self.norm
        assert norm.running_mean is not None
        assert norm.running_var is not None
        gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        return gain, norm.bias - gain * norm.running_mean


class MobileNet(nn.Module):
    """Normalised images (N, 3, 224, 224) -> logits (N, 1000)."""

    def __init__(self) -> None:
        super().__init__()
        self.units = nn.ModuleList(Unit(layer) for layer in layers())
        self.pool = TruncAvgPool2d(
            POOL_SIDE, stride=1, bit_width=ACTIVATION_BITS, float_to_int_impl_type="FLOOR"
        )
        self.classifier = QuantLinear(
            features(),
            CLASSES,
            bias=True,
            weight_quant=TensorWeightQuant,
            weight_bit_width=CLASSIFIER_BITS,
            bias_quant=Int32Bias,
        )

    def forward(self, x: Tensor) -> Tensor:
        for unit in self.units:
            x = unit(x)
        return self.classifier(self.pool(x).flatten(1))  # type: ignore[no-any-return]

    def each_unit(self) -> Iterator[Unit]:
        """The units in order, typed."""
        for unit in self.units:
            assert isinstance(unit, Unit)
            yield unit

    @property
    def classifier_scale(self) -> nn.Parameter:
        """Largest weight of the classifier: its scale times 7. No dimensions."""
        return self.classifier.weight_quant.tensor_quant.scaling_impl.value  # type: ignore[no-any-return]
