"""The shape of FINN's MobileNet-v1: 27 convolutions, a pool, a classifier."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

CLASSES = 1000
#: Side of the input picture, in pixels.
INPUT_SIDE = 224
#: Inputs are (x / 255 - mean) / std with x an unsigned byte; one std for the three channels (RGB).
MEAN = (0.485, 0.456, 0.406)
STD = 0.226

ACTIVATION_BITS = 4
#: Activations are integers from 0 to this.
TOP_CODE = 2**ACTIVATION_BITS - 1
CLASSIFIER_BITS = 4
#: The classifier's weights are integers from -this to this.
TOP_CLASSIFIER_WEIGHT = 2 ** (CLASSIFIER_BITS - 1) - 1
POOL_SIDE = 7
#: The pool adds POOL_SIDE**2 codes, which takes 10 bits, and keeps the upper 4: it divides by 2**6 and
#: rounds down, where a mean would divide by 49.
POOL_SHIFT = 6

_WIDTHS = (32, 64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024)
#: Blocks, counted from 1, whose depthwise convolution halves the map.
_HALVING = frozenset({2, 4, 6, 12})
#: Blocks of the last stage: their pointwise activations have one scale, as what follows them must not be
#: scaled by channel.
_LAST_STAGE = frozenset({12, 13})


@dataclass(frozen=True)
class Layer:
    """A convolution without bias, the affine after it, and its 4-bit activation."""

    #: 0 for the first convolution; block b has 2b - 1 (depthwise) and 2b (pointwise).
    index: int
    inputs: int
    outputs: int
    kernel: int
    stride: int
    padding: int
    depthwise: bool
    weight_bits: int
    #: Whether every channel's activation has a scale of its own.
    scale_per_channel: bool

    @property
    def name(self) -> str:
        """``conv0``, or such as ``block3.pointwise``."""
        if self.index == 0:
            return "conv0"
        return f"block{(self.index + 1) // 2}.{'depthwise' if self.depthwise else 'pointwise'}"

    @property
    def ends_block(self) -> bool:
        """Whether a block ends here; the first convolution counts as one."""
        return not self.depthwise

    @property
    def groups(self) -> int:
        return self.outputs if self.depthwise else 1

    @property
    def weight_shape(self) -> tuple[int, int, int, int]:
        """Output channels, input channels of a group, rows, columns."""
        return (self.outputs, self.inputs // self.groups, self.kernel, self.kernel)

    @property
    def top_weight(self) -> int:
        """Weights are integers from -this to this: a narrow range, so that a sign can always be flipped."""
        return (1 << (self.weight_bits - 1)) - 1

    @property
    def scales(self) -> int:
        """How many activation scales there are."""
        return self.outputs if self.scale_per_channel else 1


@cache
def layers() -> tuple[Layer, ...]:
    """The 27 convolutions in order.

    The first has no padding, so that the mean of the input can be pushed through it: 224 -> 111. Its
    weights have 8 bits, all others 4. Scales by channel stand only in front of depthwise convolutions.
    """
    first = Layer(0, 3, _WIDTHS[0], 3, 2, 0, depthwise=False, weight_bits=8, scale_per_channel=True)
    rest: list[Layer] = []
    for block in range(1, len(_WIDTHS)):
        inputs, outputs = _WIDTHS[block - 1], _WIDTHS[block]
        stride = 2 if block in _HALVING else 1
        by_channel = block not in _LAST_STAGE
        rest += [
            Layer(2 * block - 1, inputs, inputs, 3, stride, 1, True, 4, False),
            Layer(2 * block, inputs, outputs, 1, 1, 0, False, 4, by_channel),
        ]
    return (first, *rest)


def features() -> int:
    """Channels of the last map, and so inputs of the classifier."""
    return _WIDTHS[-1]
