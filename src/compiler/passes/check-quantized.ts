import { dataType, isIntegerDataType } from "../../graph/datatype";
import { datatypeOf } from "../../onnx/annotations";
import type { OnnxGraph, OnnxNode } from "../../onnx/model";
import { type Pass, refuse } from "../pass";

/** What must be gone when a model is in FINN's dialect, and why it may be there still. */
const LEFT_OVER: Readonly<Record<string, string>> = {
  Relu: "its result is not quantized; put a quantizer behind it",
  Gemm: "could not be written as MatMul and Add",
  Shape: "the shape of its input is not known",
  ...Object.fromEntries(
    ["Cast", "Concat", "Gather", "Pad", "Squeeze", "Unsqueeze"].map((op) => [
      op,
      "supported on constants only",
    ]),
  ),
};

/**
 * Checks that a model is in FINN's dialect: layers with integer weights of at most 8 bits that
 * hold what their annotation says, and no float operators but those that thresholds absorb.
 */
export const CheckQuantized: Pass = {
  name: "CheckQuantized",
  summary: "Refuses layers with float weights and activations that are not quantized.",
  apply({ graph }) {
    for (const node of graph.nodes) {
      const reason = LEFT_OVER[node.opType];
      if (reason) refuse(node, reason);
      if (node.opType === "Conv" || node.opType === "MatMul") checkWeights(graph, node);
    }
    return false;
  },
};

function checkWeights(graph: OnnxGraph, node: OnnxNode): void {
  const name = node.inputs[1] ?? "";
  const weights = graph.initializers.get(name) ?? refuse(node, "its weights are not constant");
  const annotation = datatypeOf(graph, name);
  if (!isIntegerDataType(annotation)) refuse(node, `its weights "${name}" are not quantized`);
  const type = dataType(annotation);
  if (type.bits > 8) refuse(node, `its weights are ${type.name}; up to 8 bits are supported`);
  const { data } = weights;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    const fits = type.name === "BIPOLAR" ? Math.abs(value) === 1 : value >= type.min && value <= type.max;
    if (!fits || !Number.isInteger(value))
      refuse(node, `its weights "${name}" are ${type.name}, but hold ${value} at ${i}`);
  }
}
