from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import numpy_helper

from streamscope_training.export.integers import weight_codes
from streamscope_training.export.model_file import read_model_file
from streamscope_training.export.qonnx import qonnx_bytes

from .conftest import Exported


@pytest.fixture(scope="module")
def model(exported: Exported) -> onnx.ModelProto:
    return onnx.load_from_string(read_model_file(exported.model))


@pytest.fixture(scope="module")
def constants(model: onnx.ModelProto) -> dict[str, np.ndarray]:
    return {constant.name: numpy_helper.to_array(constant) for constant in model.graph.initializer}


def test_it_reads_bytes_and_normalises_them(model: onnx.ModelProto, constants: dict[str, np.ndarray]) -> None:
    (image,) = model.graph.input
    assert [side.dim_value for side in image.type.tensor_type.shape.dim] == [1, 3, 224, 224]
    (note,) = model.graph.quantization_annotation
    (entry,) = note.quant_parameter_tensor_names
    assert (note.tensor_name, entry.key, entry.value) == (image.name, "finn_datatype", "UINT8")

    nodes = {node.input[0]: node for node in model.graph.node}
    at, first = image.name, []
    for _ in range(3):
        node = nodes[at]
        first.append((node.op_type, constants[node.input[1]].flatten().tolist()))
        (at,) = node.output
    mean = np.float32([0.485, 0.456, 0.406]).tolist()
    assert first == [("Div", [255.0]), ("Sub", mean), ("Div", [float(np.float32(0.226))])]
    assert nodes[at].op_type == "Conv"


def test_the_five_best_classes_come_out_and_nothing_else(
    model: onnx.ModelProto, constants: dict[str, np.ndarray]
) -> None:
    (classes,) = model.graph.output
    last = model.graph.node[-1]
    assert last.op_type == "TopK"
    assert list(last.output)[1] == classes.name
    assert constants[last.input[1]].tolist() == [5]
    attributes = {attribute.name: attribute.i for attribute in last.attribute}
    assert attributes == {"axis": -1, "largest": 1, "sorted": 1}
    assert classes.type.tensor_type.elem_type == onnx.TensorProto.INT64
    assert [side.dim_value for side in classes.type.tensor_type.shape.dim] == [1, 5]


def test_every_convolution_is_there_with_its_quantizers(model: onnx.ModelProto) -> None:
    operators = [node.op_type for node in model.graph.node]
    expected = {"Conv": 27, "BatchNormalization": 27, "Relu": 27, "Trunc": 1, "Gemm": 1, "Identity": 0}
    assert {operator: operators.count(operator) for operator in expected} == expected
    # Of weights and activations, and of the classifier's weights and bias.
    assert operators.count("Quant") == 27 + 27 + 2
    versions = {entry.domain: entry.version for entry in model.opset_import}
    assert versions == {"": 18, "qonnx.custom_op.general": 2}


def test_weights_are_whole_numbers_of_steps_the_network_s_own(
    exported: Exported, model: onnx.ModelProto, constants: dict[str, np.ndarray]
) -> None:
    quantizers = {node.input[0]: node for node in model.graph.node if node.op_type == "Quant"}
    layers = [unit.conv for unit in exported.network.each_unit()] + [exported.network.classifier]
    names = [f"network.units.{i}.conv.weight" for i in range(27)] + ["network.classifier.weight"]
    for name, layer in zip(names, layers, strict=True):
        codes, _ = weight_codes(layer)
        steps = constants[name] / constants[quantizers[name].input[1]]
        assert np.abs(steps - codes.numpy()).max() < 1e-4
    # Four million weights of 32 bits, most of which say no more than 4.
    assert exported.model.stat().st_size < 4_000_000


def test_nothing_in_it_is_of_this_machine_or_this_installation(model: onnx.ModelProto) -> None:
    assert (model.producer_version, model.doc_string, list(model.metadata_props)) == ("", "", [])
    assert not any(node.doc_string or node.metadata_props for node in model.graph.node)
    content = model.SerializeToString()
    for trace in (torch.__version__, onnx.__version__, "site-packages", "streamscope_training/", os.getcwd()):
        assert trace.encode() not in content


def test_the_network_stays_as_it_was(exported: Exported) -> None:
    exported.network.train()
    content = qonnx_bytes(exported.network)
    assert exported.network.training
    exported.network.eval()
    assert content == read_model_file(exported.model)
    after = exported.network.state_dict()
    assert after.keys() == exported.state.keys()
    assert all(torch.equal(after[name], values) for name, values in exported.state.items())


def test_another_process_writes_the_same_bytes(exported: Exported, tmp_path: Path) -> None:
    model, package = tmp_path / "another-name.onnx.gz", tmp_path / "another-package"
    command = [sys.executable, "-m", "streamscope_training", "export", "--checkpoint", exported.checkpoint]
    subprocess.run(
        [*command, "--output", model, "--package", package],
        env={**os.environ, "PYTHONHASHSEED": "7", "OMP_NUM_THREADS": "1"},
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    assert model.read_bytes() == exported.model.read_bytes()
    for file in ("manifest.json", "weights.bin"):
        assert (package / file).read_bytes() == (exported.package / file).read_bytes()
