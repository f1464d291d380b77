import { dataType, int, isIntegerDataType, uint } from "../../graph/datatype";
import { datatypeOf, setDatatype } from "../../onnx/annotations";
import { intAttr, stringAttr } from "../../onnx/attributes";
import type { OnnxGraph, OnnxNode } from "../../onnx/model";
import { isBipolar } from "../evaluate/quantization";
import type { Pass } from "../pass";

/** FINN's rules for the data type of every tensor, in one sweep. */
export const InferDataTypes: Pass = {
  name: "InferDataTypes",
  summary: "Notes which tensors hold integers, and of which type, so that later passes may rely on it.",
  apply({ graph }) {
    let changed = false;
    for (const node of graph.nodes) {
      node.outputs.forEach((output, i) => {
        const inferred = output && outputType(graph, node, i);
        if (!inferred || inferred === datatypeOf(graph, output)) return;
        setDatatype(graph, output, inferred);
        changed = true;
      });
    }
    return changed;
  },
};

/** Operators that move values and change none. */
const PASS_ON: ReadonlySet<string> = new Set([
  "Identity",
  "Transpose",
  "Reshape",
  "Flatten",
  "Squeeze",
  "Unsqueeze",
  "Im2Col",
  "Pad",
  "Gather",
]);

/** Operators whose result is whole if all operands are. */
const MULTIPLY_ADD: ReadonlySet<string> = new Set(["Conv", "MatMul", "VVAU", "Gemm", "Add", "Sub", "Mul"]);

function outputType(graph: OnnxGraph, node: OnnxNode, output: number): string {
  const inputs = node.inputs.filter(Boolean).map((name) => datatypeOf(graph, name));
  const { opType } = node;
  if (PASS_ON.has(opType)) return inputs[0] ?? "FLOAT32";
  if (MULTIPLY_ADD.has(opType)) {
    if (!inputs.every(isIntegerDataType)) return "FLOAT32";
    // FINN: the result of integers is 32 bits wide, signed if anything in it is.
    return opType === "Sub" || inputs.some((name) => dataType(name).signed) ? "INT32" : "UINT32";
  }
  switch (opType) {
    case "MultiThreshold":
      return stringAttr(node, "out_dtype", "FLOAT32");
    case "QuantAvgPool2d": {
      const bits = intAttr(node, "obits", 8);
      return (intAttr(node, "signed", 0) === 1 ? int(bits) : uint(bits)).name;
    }
    case "Quant":
    case "IntQuant":
      return quantType(graph, node);
    case "TopK":
      return output === 1 ? "UINT32" : (inputs[0] ?? "FLOAT32");
    default:
      return "FLOAT32";
  }
}

/** The type of a Quant's output: its integers if the scale is 1, else scaled and so float. */
function quantType(graph: OnnxGraph, node: OnnxNode): string {
  const [scale, zeroPoint, bits] = node.inputs.slice(1).map((name) => graph.initializers.get(name));
  const width = bits?.data[0];
  const plain = scale?.data.every((s) => s === 1) && zeroPoint?.data.every((z) => z === 0);
  if (!plain || !width || !Number.isInteger(width) || width > 64) return "FLOAT32";
  if (isBipolar(node, width)) return "BIPOLAR";
  return (intAttr(node, "signed", 1) === 1 ? int(width) : uint(width)).name;
}
