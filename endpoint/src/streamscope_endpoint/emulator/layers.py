"""What each hardware layer computes, on one image. A map is ``[height, width, channels]``; windows
are ``[height, width, kernel height, kernel width, channels]``; integers throughout.
"""

from __future__ import annotations

from typing import Callable

import numpy as np
from numpy.lib.stride_tricks import as_strided

from ..arrays import Array
from ..errors import SetupError
from .package import Node, Stream
from .thresholds import Thresholds

Layer = Callable[[Array], Array]


def make_layer(node: Node) -> Layer:
    """The function of a node. Raises SetupError for a kind that there is none for."""
    make = _KINDS.get(node.kind)
    if make is None:
        raise SetupError(f"{node.name}: this endpoint has no layer of kind {node.kind}.")
    return make(node)


def _fm_padding(node: Node) -> Layer:
    """FMPadding: the map in the middle of a larger one of zeros."""
    pad = node.attributes["pad"]
    height, width, channels = _map_shape(node.output)
    # Depthwise layers add in 16 bits; widening here saves them a copy.
    dtype = np.promote_types(node.output.datatype.dtype, np.int16)

    def apply(values: Array) -> Array:
        padded = np.zeros((height, width, channels), dtype)
        padded[pad["top"] : height - pad["bottom"], pad["left"] : width - pad["right"]] = values
        return padded

    return apply


def _sliding_window(node: Node) -> Layer:
    """ConvolutionInputGenerator: each output pixel is the window it is computed from. Here only a
    view: nothing is copied until a layer multiplies it.
    """
    kernel, stride, dilation = (node.attributes[key] for key in ("kernel", "stride", "dilation"))
    height, width, _ = _map_shape(node.output)
    comes = _map_shape(node.input)
    for axis, steps in enumerate((height, width)):
        # The view is not checked by NumPy: past the map's edge lies other memory.
        if stride[axis] * (steps - 1) + dilation[axis] * (kernel[axis] - 1) >= comes[axis]:
            raise SetupError(f"The model package is damaged: the windows of {node.name} leave its map.")

    def apply(values: Array) -> Array:
        row, column, channel = values.strides
        return as_strided(
            values,
            (height, width, kernel[0], kernel[1], values.shape[-1]),
            (stride[0] * row, stride[1] * column, dilation[0] * row, dilation[1] * column, channel),
            writeable=False,
        )

    return apply


def _mvau(node: Node) -> Layer:
    """MVAU: each pixel's vector times the weight matrix, then thresholds.

    The product is BLAS's, in floating point, and still exact: every partial sum, in whatever
    order, is an integer within the node's reach, and float32 holds all integers up to 2^24
    (float64 up to 2^53).
    """
    weights = node.constants["weights"]
    mh, mw = weights.shape
    accumulator = np.dtype(np.float32 if _reach(node) < 2**24 else np.float64)
    matrix = np.ascontiguousarray(weights.T.astype(accumulator))
    activate = _activation(node, accumulator)
    height, width, _ = _map_shape(node.output)
    pixels = height * width
    # A block of sums stays in the second-level cache while its thresholds are counted.
    step = max(1, _BLOCK_BYTES // (mh * accumulator.itemsize))

    def apply(values: Array) -> Array:
        vectors = values.reshape(pixels, mw)
        output = np.empty((pixels, mh), node.output.datatype.dtype)
        for at in range(0, pixels, step):
            block = vectors[at : at + step].astype(accumulator)
            output[at : at + step] = activate(block @ matrix)
        return output.reshape(height, width, mh)

    return apply


def _vvau(node: Node) -> Layer:
    """VVAU: a depthwise convolution; each channel's window is weighted and summed by itself."""
    channels = int(node.attributes["channels"])
    kernel = node.attributes["kernel"]
    weights = node.constants["weights"].reshape(channels, *kernel)
    reach = _reach(node)
    accumulator = np.dtype(np.int16 if reach < 2**15 else np.int32 if reach < 2**31 else np.int64)
    height, width, _ = _map_shape(node.output)
    # A row of weights as long as a row of the map: one long loop in place of many short ones.
    taps = [
        (ky, kx, np.tile(weights[:, ky, kx].astype(accumulator), (width, 1)))
        for ky in range(kernel[0])
        for kx in range(kernel[1])
    ]
    activate = _activation(node, accumulator)
    step = max(1, _BLOCK_BYTES // (width * channels * accumulator.itemsize))

    def apply(windows: Array) -> Array:
        windows = windows.reshape(height, width, *kernel, channels) if windows.ndim != 5 else windows
        output = np.empty((height, width, channels), node.output.datatype.dtype)
        for at in range(0, height, step):
            rows = windows[at : at + step]
            total = np.zeros((len(rows), width, channels), accumulator)
            product = np.empty_like(total)
            for ky, kx, row in taps:
                np.multiply(rows[:, :, ky, kx], row, out=product, dtype=accumulator)
                total += product
            output[at : at + step] = activate(total)
        return output

    return apply


def _thresholding(node: Node) -> Layer:
    """Thresholding: thresholds as a layer of its own."""
    channels = int(node.attributes["channels"])
    activate = _activation(node, np.dtype(np.int64))
    shape = _map_shape(node.output)
    return lambda values: activate(np.ascontiguousarray(values, np.int64).reshape(-1, channels)).reshape(
        shape
    )


def _pool(node: Node) -> Layer:
    """Pool (QuantAvgPool): the sum over each channel's window, shifted right, which rounds down."""
    shift = int(node.attributes["shift"])
    shape = (*_map_shape(node.output)[:2], -1, int(node.attributes["channels"]))
    dtype = node.output.datatype.dtype
    return lambda windows: (windows.reshape(shape).sum(axis=2, dtype=np.int64) >> shift).astype(dtype)


def _channelwise(node: Node) -> Layer:
    """ChannelwiseOp: one number added to each channel."""
    parameters = node.constants["parameters"]
    return lambda values: (values + parameters).astype(node.output.datatype.dtype)


def _label_select(node: Node) -> Layer:
    """LabelSelect: the indices of the k largest values, best first; of equals the lower first."""
    k = int(node.attributes["k"])
    dtype = node.output.datatype.dtype
    return lambda values: np.argsort(-values.reshape(-1).astype(np.int64), kind="stable")[:k].astype(dtype)


_KINDS: dict[str, Callable[[Node], Layer]] = {
    "FMPadding": _fm_padding,
    "ConvolutionInputGenerator": _sliding_window,
    "MVAU": _mvau,
    "VVAU": _vvau,
    "Thresholding": _thresholding,
    "Pool": _pool,
    "ChannelwiseOp": _channelwise,
    "LabelSelect": _label_select,
}

_BLOCK_BYTES = 512 * 1024


def _reach(node: Node) -> int:
    """The largest absolute value of any sum, partial sum or threshold of a node."""
    sums = int(np.abs(node.constants["weights"]).sum(axis=1).max()) * node.input.datatype.magnitude
    return max(sums, int(np.abs(node.activation.thresholds).max())) if node.activation else sums


def _activation(node: Node, accumulator: np.dtype) -> Layer:
    dtype = node.output.datatype.dtype
    if node.activation is None:
        return lambda values: values.astype(dtype)
    return Thresholds(node.activation, accumulator, dtype)


def _map_shape(stream: Stream) -> tuple[int, int, int]:
    """``(1, n)`` is a map of one pixel."""
    if len(stream.shape) == 2:
        return (1, 1, stream.shape[1])
    _, height, width, channels = stream.shape
    return (height, width, channels)
