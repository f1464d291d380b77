import { isIntegerDataType } from "../../graph/datatype";
import { datatypeOf } from "../../onnx/annotations";
import { GraphEditor } from "../../onnx/edit";
import type { OnnxNode } from "../../onnx/model";
import { everyValue, isScalar } from "../../onnx/tensor";
import { isDepthwise } from "../channels";
import { constantOperand } from "../constant-operand";
import { windowOf } from "../evaluate/window";
import { type Pass, refuse } from "../pass";

/**
 * After streamlining, nothing but integers may flow: every scale and offset must have become
 * part of thresholds. Refuses what is left over, and says why it could not move on.
 */
export const CheckStreamlined: Pass = {
  name: "CheckStreamlined",
  summary: "Refuses scales and offsets that could not become part of thresholds.",
  apply: ({ graph }) => {
    const editor = new GraphEditor(graph);
    for (const node of graph.nodes) {
      const next = editor.consumers(node.outputs[0])[0];
      if (node.opType === "Mul" || node.opType === "Div") refuse(node, reasonForFactor(editor, node, next));
      if (node.opType === "BatchNormalization" || node.opType === "Sub")
        refuse(node, "it could not be written as a factor and an offset");
      if (node.opType === "Add") checkOffset(editor, node, next);
      if (node.opType === "Conv" || node.opType === "MatMul") {
        const datatype = datatypeOf(graph, node.inputs[0] ?? "");
        if (!isIntegerDataType(datatype))
          refuse(node, `its input is ${datatype}; put a quantizer in front of it`);
      }
    }
    return false;
  },
};

function reasonForFactor(editor: GraphEditor, node: OnnxNode, next: OnnxNode | undefined): string {
  const factor = constantOperand(editor, node, "Mul");
  if (!factor) return "it does not multiply by a constant";
  if (!next) return "nothing follows that could take its scale";
  const scalar = isScalar(factor.value);
  const weights = editor.constant(next.inputs[1]);
  switch (next.opType) {
    case "Conv":
      if (scalar || (weights && isDepthwise(next, weights))) break;
      return `its scale differs from channel to channel, and ${next.name} (Conv) adds channels up; use one scale for all there`;
    case "MatMul":
      if (scalar) break;
      return `its scale differs from input to input, and ${next.name} (MatMul) adds inputs up; use one scale for all there`;
    case "TopK":
      return scalar
        ? "its scale is not positive, so the highest value would not be the best"
        : "its scale differs from class to class, so the integers in front of it can not be compared; use one scale for all weights of the last layer";
    case "QuantAvgPool2d":
      return "its scale is not that of the average pool behind it";
    case "MultiThreshold":
      if (!everyValue(factor.value, (m) => m >= 0))
        return "its scale is negative, and no weights in front of it can be negated instead";
      return "its scale differs along another axis than the channels";
    default:
  }
  return `its scale can not move behind ${next.name} (${next.opType})`;
}

function checkOffset(editor: GraphEditor, node: OnnxNode, next: OnnxNode | undefined): void {
  const offset = constantOperand(editor, node, "Add");
  if (!offset) refuse(node, "it does not add a constant");
  const isInteger =
    isIntegerDataType(datatypeOf(editor.graph, offset.input)) && everyValue(offset.value, Number.isInteger);
  const weights = editor.constant(next?.inputs[1]);
  if (next?.opType === "Conv" && weights) {
    const padded = windowOf(next, weights.shape.slice(2)).pads.some((pad) => pad > 0);
    if (padded) {
      refuse(
        node,
        `it adds an offset in front of ${next.name} (Conv), which pads with zeros; only a convolution without padding lets the offset through`,
      );
    }
  }
  if (isInteger) return;
  refuse(
    node,
    next?.opType === "TopK"
      ? "it adds a bias that is not quantised to the scale of the sums; quantise it (Int32Bias in Brevitas)"
      : `it adds an offset that can not become part of thresholds${next ? ` behind ${next.name} (${next.opType})` : ""}`,
  );
}
