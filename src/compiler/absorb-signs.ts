import { dataType, isIntegerDataType, smallestDataType } from "../graph/datatype";
import { datatypeOf } from "../onnx/annotations";
import type { GraphEditor } from "../onnx/edit";
import { shapeOf } from "../onnx/edit";
import type { OnnxNode } from "../onnx/model";
import { everyValue } from "../onnx/tensor";
import { perChannel } from "./channels";
import { constantOperand, replaceConstant } from "./constant-operand";
import { refuse } from "./pass";

/** Weights of FINN's matrix units have at most so many bits. */
const MAX_WEIGHT_BITS = 8;

/**
 * Merges a Mul of -1 and +1 that follows a Conv or MatMul into its weights: the weights of
 * output channel c are multiplied by its sign. `outputOf` tells the output channel of a weight
 * by its place in the tensor.
 *
 * Weights that use their type's lowest value (-8 in INT4) do not fit it negated. FINN leaves
 * the Mul where it is then, and has no hardware for it; here the type grows by a bit, and
 * weights that would need more than 8 bits are refused.
 */
export function absorbSigns(
  editor: GraphEditor,
  node: OnnxNode,
  outputOf: (position: number) => number,
): boolean {
  const weights = editor.constant(node.inputs[1]);
  const next = editor.soleConsumer(node.outputs[0]);
  const factor = constantOperand(editor, next, "Mul");
  const shape = shapeOf(editor.graph, node.outputs[0] ?? "");
  if (node.inputs.length !== 2 || !weights || !next || !factor || !shape) return false;
  if (!everyValue(factor.value, (m) => Math.abs(m) === 1)) return false;
  const signs = perChannel(factor.value, shape, node.opType === "MatMul" ? shape.length - 1 : 1);
  if (!signs) return false;

  const flipped = Float32Array.from(weights.data, (weight, i) => weight * signs[outputOf(i)]!);
  const declared = datatypeOf(editor.graph, node.inputs[1] ?? "");
  const datatype = isIntegerDataType(declared) ? widened(node, declared, flipped) : declared;
  replaceConstant(editor, node, 1, { ...weights, elemType: "float32", data: flipped }, datatype);
  editor.remove(next);
  editor.setOutput(node, 0, next.outputs[0] ?? "");
  return true;
}

/** The declared type if it holds all values, else the smallest that does. */
function widened(node: OnnxNode, declared: string, values: Float32Array): string {
  const { min, max } = dataType(declared);
  let low = 0;
  let high = 0;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low >= min && high <= max) return declared;
  const wider = smallestDataType(low, high);
  if (wider.bits > MAX_WEIGHT_BITS) {
    refuse(
      node,
      `a negative scale turns its weights from ${declared} into ${wider.name}, more than ${MAX_WEIGHT_BITS} bits; quantise them to a narrow range`,
    );
  }
  return wider.name;
}
