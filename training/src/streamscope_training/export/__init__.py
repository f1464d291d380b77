"""From a trained network to a QONNX file, and on to the model package."""
