"""The quantizers, as Brevitas injectors: all scales are parameters, learned with the weights."""

from __future__ import annotations

from brevitas.inject.enum import RestrictValueType, ScalingImplType
from brevitas.quant.base import NarrowIntQuant, UintQuant
from brevitas.quant.solver.act import ActQuantSolver
from brevitas.quant.solver.weight import WeightQuantSolver

#: No scale comes nearer to 0 than this, so that nothing is divided by 0; far below any scale in use. Brevitas
#: clamps the parameter, the largest value, and lets it be negative; ``export`` refuses such a scale.
LEAST_SCALE = 1e-8


class ChannelWeightQuant(NarrowIntQuant, WeightQuantSolver):  # type: ignore[misc]
    """Signed, narrow, zero point 0; one scale an output channel. The layer says the bits."""

    scaling_impl_type = ScalingImplType.PARAMETER
    restrict_scaling_type = RestrictValueType.FP
    scaling_per_output_channel = True
    scaling_min_val = LEAST_SCALE
    # A start file or `prepare` sets the scales.
    scaling_init = 1.0
    bit_width = None


class TensorWeightQuant(ChannelWeightQuant):
    """Signed, narrow, zero point 0; one scale for all weights of the layer."""

    scaling_per_output_channel = False


class ActivationQuant(UintQuant, ActQuantSolver):  # type: ignore[misc]
    """Unsigned, zero point 0, rounded half to even; the layer says the bits and how many scales."""

    scaling_impl_type = ScalingImplType.PARAMETER
    restrict_scaling_type = RestrictValueType.FP
    scaling_min_val = LEAST_SCALE
    scaling_init = 1.0
    bit_width = None
