from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import helper, numpy_helper

from streamscope_training.errors import TrainingError
from streamscope_training.export.integers import bias_codes, weight_codes
from streamscope_training.export.model_file import read_model_file
from streamscope_training.export.read_back import network_from_qonnx, start_from_qonnx
from streamscope_training.network.mobilenet import MobileNet
from streamscope_training.paths import shipped_export

from .conftest import Exported


def assert_same(one: MobileNet, other: MobileNet) -> None:
    """The same integers, and scales and affines that are off by rounding at most."""
    near = {"rtol": 1e-6, "atol": 1e-7}
    for first, second in zip(one.each_unit(), other.each_unit(), strict=True):
        torch.testing.assert_close(second.weight_step(), first.weight_step(), **near)
        torch.testing.assert_close(second.act_step(), first.act_step(), **near)
        torch.testing.assert_close(second.affine(), first.affine(), **near)
        assert torch.equal(weight_codes(second.conv)[0], weight_codes(first.conv)[0])
    torch.testing.assert_close(other.classifier_scale, one.classifier_scale, **near)
    assert torch.equal(weight_codes(other.classifier)[0], weight_codes(one.classifier)[0])
    assert torch.equal(bias_codes(other), bias_codes(one))


def test_an_exported_network_comes_back(exported: Exported) -> None:
    assert_same(exported.network, network_from_qonnx(exported.model))


@pytest.fixture(scope="module")
def shipped() -> onnx.ModelProto:
    return onnx.load_model_from_string(read_model_file(shipped_export()))


@pytest.fixture
def model(shipped: onnx.ModelProto) -> onnx.ModelProto:
    """A copy to be changed."""
    copy = onnx.ModelProto()
    copy.CopyFrom(shipped)
    return copy


def node(model: onnx.ModelProto, kind: str, place: int = 0) -> onnx.NodeProto:
    return [one for one in model.graph.node if one.op_type == kind][place]


def put(model: onnx.ModelProto, name: str, values: object) -> None:
    """Gives a constant other values."""
    tensor = next(one for one in model.graph.initializer if one.name == name)
    tensor.CopyFrom(numpy_helper.from_array(np.asarray(values, dtype=np.float32), name))


def value(model: onnx.ModelProto, name: str) -> np.ndarray:
    return numpy_helper.to_array(next(one for one in model.graph.initializer if one.name == name))


def attribute(one: onnx.NodeProto, name: str) -> onnx.AttributeProto:
    return next(each for each in one.attribute if each.name == name)


def save(model: onnx.ModelProto, folder: Path) -> Path:
    path = folder / "model.onnx"
    path.write_bytes(model.SerializeToString())
    return path


def test_a_matmul_and_an_addition_are_the_same_as_a_gemm(model: onnx.ModelProto, tmp_path: Path) -> None:
    expected = network_from_qonnx(save(model, tmp_path))
    gemm = node(model, "Gemm")
    features, weights, bias = gemm.input
    place = list(model.graph.node).index(gemm)
    model.graph.node.remove(gemm)
    for made in reversed(
        [
            helper.make_node("Transpose", [weights], ["turned"], perm=[1, 0]),
            helper.make_node("MatMul", [features, "turned"], ["product"]),
            helper.make_node("Add", [bias, "product"], [gemm.output[0]]),
        ]
    ):
        model.graph.node.insert(place, made)
    assert_same(expected, network_from_qonnx(save(model, tmp_path)))


def other_mean(model: onnx.ModelProto) -> None:
    put(model, node(model, "Sub").input[1], np.full((1, 3, 1, 1), 0.5))


def no_normalisation(model: onnx.ModelProto) -> None:
    node(model, "Conv").input[0] = model.graph.input[0].name
    for kind in ("Div", "Sub", "Div"):
        model.graph.node.remove(node(model, kind))


def other_stride(model: onnx.ModelProto) -> None:
    attribute(node(model, "Conv", 3), "strides").ints[:] = [1, 1]


def other_width(model: onnx.ModelProto) -> None:
    quant = node(model, "Quant")
    put(model, quant.input[0], value(model, quant.input[0])[:16])
    put(model, quant.input[1], value(model, quant.input[1])[:16])


def wide_range(model: onnx.ModelProto) -> None:
    attribute(node(model, "Quant"), "narrow").i = 0


def no_scale(model: onnx.ModelProto) -> None:
    name = node(model, "Quant").input[1]
    put(model, name, 0 * value(model, name))


def not_finite(model: onnx.ModelProto) -> None:
    name = node(model, "BatchNormalization").input[2]
    put(model, name, np.nan * value(model, name))


def no_variance(model: onnx.ModelProto) -> None:
    name = node(model, "BatchNormalization").input[4]
    put(model, name, -value(model, name))


def rounding_pool(model: onnx.ModelProto) -> None:
    attribute(node(model, "Trunc"), "rounding_mode").s = b"ROUND"


def other_activation(model: onnx.ModelProto) -> None:
    node(model, "Relu", 5).op_type = "Sigmoid"


def branch(model: onnx.ModelProto) -> None:
    model.graph.node.append(helper.make_node("Relu", [node(model, "Conv", 2).output[0]], ["beside"]))


def bias_of_other_steps(model: onnx.ModelProto) -> None:
    name = node(model, "Quant", -1).input[1]
    put(model, name, 2 * value(model, name))


def float_weights(model: onnx.ModelProto) -> None:
    quant = node(model, "Quant")
    node(model, "Conv").input[1] = quant.input[0]


def cut_node(model: onnx.ModelProto) -> None:
    del node(model, "BatchNormalization").input[3:]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (other_mean, "in front of the first convolution is another normalisation"),
        (no_normalisation, "in front of the first convolution is another normalisation"),
        (other_stride, "is not the convolution of block2.depthwise"),
        (other_width, "conv0 has values of shape"),
        (wide_range, "is not of the type that it has in this network"),
        (no_scale, "has scales that are not above 0"),
        (not_finite, "has values that are not finite"),
        (no_variance, "has variances below 0"),
        (rounding_pool, "is not a floor to 4 bits"),
        (other_activation, "Sigmoid .* stands where Relu should"),
        (branch, "is read by 2 nodes"),
        (bias_of_other_steps, "is not in steps of the classifier's sums"),
        (float_weights, "is not quantized"),
        (cut_node, "a node lacks what it should have"),
    ],
)
def test_another_network_is_refused_with_what_differs(
    model: onnx.ModelProto, tmp_path: Path, change: Callable[[onnx.ModelProto], None], sentence: str
) -> None:
    change(model)
    with pytest.raises(
        TrainingError, match=f"is not this network in QONNX: .*{sentence}.*; export it again."
    ):
        start_from_qonnx(save(model, tmp_path))


def test_what_is_no_model_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"no protocol buffer at all")
    with pytest.raises(TrainingError, match="is damaged, or no ONNX file; export it again"):
        start_from_qonnx(tmp_path / "model.onnx")
    with pytest.raises(TrainingError, match="Cannot read"):
        start_from_qonnx(tmp_path / "nowhere.onnx")
    (tmp_path / "empty.onnx").write_bytes(b"")
    with pytest.raises(TrainingError, match="it has 0 inputs"):
        start_from_qonnx(tmp_path / "empty.onnx")
