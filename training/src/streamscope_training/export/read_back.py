"""From an exported QONNX file back to the network: any model that ships is one to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import NodeProto, numpy_helper
from torch import Tensor

from ..errors import TrainingError
from ..network.architecture import (
    ACTIVATION_BITS,
    CLASSES,
    CLASSIFIER_BITS,
    POOL_SHIFT,
    POOL_SIDE,
    Layer,
    features,
    layers,
)
from ..network.mobilenet import MobileNet, normalise
from ..network.start import Start, UnitStart, load_quantized
from .model_file import read_model_file

_ARITHMETIC = {"Add": np.add, "Div": np.divide, "Mul": np.multiply, "Sub": np.subtract}
_BIAS_BITS = 32
#: How far two float32 numbers may lie apart, relative to them, that are the same but for their rounding.
_ROUNDING = 1e-5


def network_from_qonnx(path: Path) -> MobileNet:
    """The network of a file that ``export`` wrote, packed or not, in evaluation mode.

    Its weights are on their grid: what an export leaves out, how far a weight was from its integer, does
    not come back. Raises TrainingError as ``start_from_qonnx``.
    """
    network = MobileNet()
    load_quantized(network, start_from_qonnx(path))
    return network.eval()


def start_from_qonnx(path: Path) -> Start:
    """The same as a quantized start. Raises TrainingError, naming the node, for a file that cannot be read,
    or that is not this network with its pre-processing; nothing in it is passed over but what comes after
    the logits.
    """
    content = read_model_file(path)
    try:
        model = onnx.load_model_from_string(content)
    except Exception as error:
        # Which exception it is, ONNX leaves to the library that reads its files.
        raise TrainingError(f"{path} is damaged, or no ONNX file; export it again.") from error
    try:
        return _start(_Graph(model))
    except _OtherError as error:
        raise TrainingError(f"{path} is not this network in QONNX: {error}; export it again.") from error
    except (IndexError, StopIteration, TypeError, ValueError) as error:
        raise TrainingError(
            f"{path} is not this network in QONNX: a node lacks what it should have; export it again."
        ) from error


class _OtherError(Exception):
    """What is not as it should be, as a clause without a full stop."""


class _Graph:
    """A model's nodes, walked from the input along the one way that there is."""

    def __init__(self, model: onnx.ModelProto) -> None:
        graph = model.graph
        self._constants = {tensor.name: tensor for tensor in graph.initializer}
        self._constants |= {
            node.output[0]: onnx.helper.get_attribute_value(node.attribute[0])
            for node in graph.node
            if node.op_type == "Constant"
        }
        self._producers = {name: node for node in graph.node for name in node.output}
        self._consumers: dict[str, list[NodeProto]] = {}
        for node in graph.node:
            for name in node.input:
                self._consumers.setdefault(name, []).append(node)
        inputs = [value.name for value in graph.input if value.name not in self._constants]
        if len(inputs) != 1:
            raise _OtherError(f"it has {len(inputs)} inputs")
        self._at = inputs[0]

    def next(self) -> NodeProto:
        """The node that reads what came last."""
        found = self._consumers.get(self._at, [])
        if len(found) != 1:
            raise _OtherError(f"{self._at} is read by {len(found)} nodes")
        return found[0]

    def take(self, *kinds: str) -> NodeProto:
        """Walks over the next node, which must be of one of these kinds."""
        node = self.next()
        if node.op_type not in kinds:
            raise _OtherError(f"{_named(node)} stands where {' or '.join(kinds)} should")
        self._at = node.output[0]
        return node

    def constant(self, name: str) -> NDArray[np.float32]:
        """A constant, in its own shape."""
        if name not in self._constants:
            raise _OtherError(f"{name} is no constant")
        values = np.asarray(numpy_helper.to_array(self._constants[name]), dtype=np.float32)
        if not np.isfinite(values).all():
            raise _OtherError(f"{name} has values that are not finite")
        return values

    def number(self, name: str) -> float:
        """A constant of one value."""
        values = self.constant(name)
        if values.size != 1:
            raise _OtherError(f"{name} is not a single number")
        return float(values.item())

    def quantized(self, name: str) -> tuple[NodeProto, NDArray[np.float32]]:
        """The Quant node that makes a constant, and the constant as integers: transposed, if it is."""
        node = self._producers.get(name)
        if node is not None and node.op_type == "Transpose":
            quant, codes = self.quantized(node.input[0])
            return quant, np.transpose(codes, _attributes(node).get("perm"))
        if node is None or node.op_type != "Quant":
            raise _OtherError(f"{name} is not quantized")
        scaled = self.constant(node.input[0]) / self._scale(node)
        low, high = _range(node, int(self.number(node.input[3])))
        return node, np.rint(np.clip(scaled, low, high))

    def step(self, quant: NodeProto, bits: int, *, signed: bool, narrow: bool) -> NDArray[np.float32]:
        """The scale of a Quant node, flat, which must be of this type."""
        attributes = _attributes(quant)
        found = int(self.number(quant.input[3])), attributes.get("signed"), attributes.get("narrow")
        if found != (bits, int(signed), int(narrow)) or self.constant(quant.input[2]).any():
            raise _OtherError(f"{_named(quant)} is not of the type that it has in this network")
        if attributes.get("rounding_mode", b"ROUND") != b"ROUND":
            raise _OtherError(f"{_named(quant)} does not round to the nearest")
        return self._scale(quant).reshape(-1)

    def _scale(self, quant: NodeProto) -> NDArray[np.float32]:
        scale = self.constant(quant.input[1])
        if not (scale > 0).all():
            raise _OtherError(f"{_named(quant)} has scales that are not above 0")
        return scale


def _start(graph: _Graph) -> Start:
    _check_normalisation(graph)
    units = tuple(_unit(graph, layer) for layer in layers())
    graph.take("AveragePool")
    trunc = graph.take("Trunc")
    # What the pool keeps is its last input, in both versions of the node.
    if _attributes(trunc).get("rounding_mode", b"FLOOR") != b"FLOOR" or (
        graph.number(trunc.input[-1]) != ACTIVATION_BITS
    ):
        raise _OtherError(f"{_named(trunc)} is not a floor to {ACTIVATION_BITS} bits")
    graph.take("Reshape", "Flatten")
    return Start(units, *_classifier(graph, units[-1]))


def _check_normalisation(graph: _Graph) -> None:
    """Computes all bytes by the nodes in front of the first convolution, and compares."""
    every_byte = np.arange(256, dtype=np.float32).reshape(1, 1, 1, 256).repeat(3, axis=1)
    found = every_byte
    while graph.next().op_type in _ARITHMETIC:
        node = graph.take(*_ARITHMETIC)
        found = _ARITHMETIC[node.op_type](found, graph.constant(node.input[1]))
    expected = normalise(torch.from_numpy(every_byte)).numpy()
    if found.shape != expected.shape or not np.allclose(found, expected, rtol=_ROUNDING, atol=_ROUNDING):
        raise _OtherError("what is in front of the first convolution is another normalisation")


def _unit(graph: _Graph, layer: Layer) -> UnitStart:
    conv = graph.take("Conv")
    attributes = _attributes(conv)
    shape = {
        "group": layer.groups,
        "strides": [layer.stride] * 2,
        "pads": [layer.padding] * 4,
        "dilations": [1, 1],
    }
    # Its sides are those of the weights, which are compared below.
    usual = {"group": 1, "strides": [1, 1], "pads": [0] * 4, "dilations": [1, 1]}
    if {key: attributes.get(key, usual[key]) for key in shape} != shape or len(conv.input) != 2:
        raise _OtherError(f"{_named(conv)} is not the convolution of {layer.name}")
    quant, codes = graph.quantized(conv.input[1])
    weight_step = graph.step(quant, layer.weight_bits, signed=True, narrow=True)
    norm = graph.take("BatchNormalization")
    gain, offset, mean, variance = (graph.constant(name) for name in norm.input[1:])
    if not (variance >= 0).all():
        raise _OtherError(f"{_named(norm)} has variances below 0")
    gain = gain / np.sqrt(variance + np.float32(_attributes(norm).get("epsilon", 1e-5)))
    graph.take("Relu")
    act_step = graph.step(graph.take("Quant"), ACTIVATION_BITS, signed=False, narrow=False)
    weight_step = np.broadcast_to(weight_step, (layer.outputs,)) if weight_step.size == 1 else weight_step
    return UnitStart(
        _tensor(layer.name, codes * weight_step.reshape(-1, 1, 1, 1), layer.weight_shape),
        _tensor(layer.name, gain, (layer.outputs,)),
        _tensor(layer.name, offset - gain * mean, (layer.outputs,)),
        _tensor(layer.name, weight_step, (layer.outputs,)),
        _tensor(layer.name, act_step, (layer.scales,)),
    )


def _classifier(graph: _Graph, last: UnitStart) -> tuple[Tensor, Tensor, Tensor]:
    """Weights (1000, 1024), bias (1000,), and the weights' scale ()."""
    node = graph.take("Gemm", "MatMul")
    attributes = _attributes(node)
    quant, codes = graph.quantized(node.input[1])
    codes = codes if attributes.get("transB") else codes.T
    if node.op_type == "MatMul":
        bias_name = next(name for name in graph.take("Add").input if name != node.output[0])
    elif len(node.input) == 3 and attributes.get("alpha", 1) == attributes.get("beta", 1) == 1:
        bias_name = node.input[2]
    else:
        raise _OtherError(f"{_named(node)} has no bias, or factors")
    step = _tensor("classifier", graph.step(quant, CLASSIFIER_BITS, signed=True, narrow=True).reshape(()), ())
    bias_quant, bias = graph.quantized(bias_name)
    bias_step = graph.step(bias_quant, _BIAS_BITS, signed=True, narrow=False)
    assert last.act_step is not None
    sums = float(last.act_step * 2**POOL_SHIFT / POOL_SIDE**2 * step)
    if not np.allclose(bias_step, sums, rtol=_ROUNDING, atol=0):
        raise _OtherError(f"{_named(bias_quant)} is not in steps of the classifier's sums")
    return (
        _tensor("classifier", codes * step.numpy(), (CLASSES, features())),
        _tensor("classifier", bias * bias_step, (CLASSES,)),
        step,
    )


def _range(quant: NodeProto, bits: int) -> tuple[int, int]:
    """The least and the largest integer of a Quant node."""
    attributes = _attributes(quant)
    if not attributes.get("signed"):
        return 0, 2**bits - 1
    top = 2 ** (bits - 1) - 1
    return -top if attributes.get("narrow") else -top - 1, top


def _tensor(where: str, values: NDArray[np.float32], shape: tuple[int, ...]) -> Tensor:
    if values.shape != shape:
        raise _OtherError(f"{where} has values of shape {values.shape}, not {shape}")
    return torch.from_numpy(np.array(values, dtype=np.float32))


def _attributes(node: NodeProto) -> dict[str, Any]:
    return {attribute.name: onnx.helper.get_attribute_value(attribute) for attribute in node.attribute}


def _named(node: NodeProto) -> str:
    return f"{node.op_type} {node.name or node.output[0]}"
