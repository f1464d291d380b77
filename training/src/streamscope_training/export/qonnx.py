"""QONNX: the network as one file, with what stands in front of it and behind it."""

from __future__ import annotations

import copy
from pathlib import Path

import onnx
import onnxoptimizer
import torch
from brevitas.export import export_qonnx
from torch import Tensor, nn

from ..network.architecture import INPUT_SIDE, MEAN, STD
from ..network.mobilenet import MobileNet
from ..network.ranking import BEST
from .hardware import check_for_hardware
from .integers import put_weights_on_grid
from .model_file import write_model_file

INPUT, OUTPUT = "image", "classes"
#: Pinned, so that the file does not follow PyTorch's default from one release to the next.
OPSET = 18
IR_VERSION = 8
#: The QONNX convention for the type of a tensor whose container is float32.
DATATYPE_KEY = "finn_datatype"


class Deployed(nn.Module):
    """What the file computes: bytes as float32 (1, 3, 224, 224), RGB -> the five best classes (1, 5),
    best first.
    """

    mean: Tensor

    def __init__(self, network: MobileNet) -> None:
        super().__init__()
        self.network = network
        self.register_buffer("mean", torch.tensor(MEAN).reshape(1, 3, 1, 1))

    def forward(self, images: Tensor) -> Tensor:
        # Division, subtraction, division: one node each, as FINN's builds put them in front.
        logits = self.network((images / 255 - self.mean) / STD)
        return torch.topk(logits, BEST).indices


def export_qonnx_file(network: MobileNet, path: Path) -> None:
    """Writes ``path``, which ends in ``.onnx``, or in ``.onnx.gz`` to be packed. The same network gives
    the same bytes. The network stays as it is.

    Raises TrainingError for a network that cannot become hardware, and when the disk refuses.
    """
    check_for_hardware(network)
    write_model_file(path, qonnx_bytes(network))


def qonnx_bytes(network: MobileNet) -> bytes:
    """The file's content, about 17 MB."""
    deployed = Deployed(copy.deepcopy(network)).eval()
    put_weights_on_grid(deployed.network)
    model = export_qonnx(
        deployed,
        torch.zeros(1, 3, INPUT_SIDE, INPUT_SIDE),
        input_names=[INPUT],
        output_names=[OUTPUT],
        opset_version=OPSET,
        keep_initializers_as_inputs=False,
        # PyTorch's newer exporter notes stack traces with paths in every node.
        dynamo=False,
    )
    content: bytes = _finished(model).SerializeToString(deterministic=True)
    return content


def _finished(model: onnx.ModelProto) -> onnx.ModelProto:
    """Without what differs from one installation to the next; the input marked as bytes."""
    # PyTorch lets equal constants share one, by way of Identity nodes.
    model = onnxoptimizer.optimize(model, ["eliminate_identity"])
    model.ir_version = IR_VERSION
    model.producer_name, model.producer_version = "streamscope-training", ""
    model.graph.name = "mobilenetv1-w4a4"
    datatype = onnx.StringStringEntryProto(key=DATATYPE_KEY, value="UINT8")
    model.graph.quantization_annotation.append(
        onnx.TensorAnnotation(tensor_name=INPUT, quant_parameter_tensor_names=[datatype])
    )
    return model
