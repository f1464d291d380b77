"""Checks with qonnx that model.onnx gives the classes that were computed when it was exported.

input.npy is a synthetic image as the card takes it: integers, channels last. expected_output.npy
has the indices of its best classes, best first, by Streamscope's reference engine.
"""

from pathlib import Path

import numpy as np
from qonnx.core.modelwrapper import ModelWrapper
from qonnx.core.onnx_exec import execute_onnx

HERE = Path(__file__).resolve().parent


def best_classes(model, image):
    """Indices of the best classes of an image (1, H, W, C) or a vector (1, N) of integers."""
    values = image.astype(np.float32)
    if values.ndim == 4:
        values = values.transpose(0, 3, 1, 2)
    outputs = execute_onnx(model, {model.graph.input[0].name: np.ascontiguousarray(values)})
    return outputs[model.graph.output[0].name].astype(np.int64).flatten()


def check(model):
    """Raises SystemExit if the model's best classes of input.npy are not those of expected_output.npy."""
    found = best_classes(model, np.load(HERE / "input.npy"))
    expected = np.load(HERE / "expected_output.npy").flatten()
    if not np.array_equal(found, expected):
        raise SystemExit(f"The classes differ: expected {expected.tolist()}, found {found.tolist()}.")
    print(f"The best classes are as expected: {found.tolist()}.")


if __name__ == "__main__":
    check(ModelWrapper(str(HERE / "model.onnx")))
