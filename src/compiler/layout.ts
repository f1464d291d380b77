import { intAttr, ints, intsAttr } from "../onnx/attributes";
import { makeNode, shapeOf } from "../onnx/edit";
import type { OnnxGraph, OnnxNode } from "../onnx/model";
import { sizeOfShape } from "../onnx/tensor";

/** Permutation that brings the channels to the end: NCHW to NHWC. */
export const TO_CHANNELS_LAST: readonly number[] = [0, 2, 3, 1];
/** Permutation that brings the channels to the front: NHWC to NCHW. */
export const TO_CHANNELS_FIRST: readonly number[] = [0, 3, 1, 2];

export function makeTranspose(
  perm: readonly number[],
  input: string,
  output: string,
  name: string,
): OnnxNode {
  return makeNode("Transpose", [input], [output], { perm: ints(perm) }, { name });
}

/** Is this a Transpose by that permutation? */
export function isTranspose(node: OnnxNode | undefined, perm: readonly number[]): node is OnnxNode {
  return node?.opType === "Transpose" && intsAttr(node, "perm")?.join() === perm.join();
}

/** The dimensions of a shape in another order. */
export function permuted(shape: readonly number[], perm: readonly number[]): number[] {
  return perm.map((axis) => shape[axis] ?? 1);
}

/** Does this node make one vector, `[1, n]`, of its input, keeping the values' order? */
export function isFlatten(graph: OnnxGraph, node: OnnxNode | undefined): node is OnnxNode {
  if (node?.opType === "Flatten") return intAttr(node, "axis", 1) === 1;
  if (node?.opType !== "Reshape") return false;
  const from = shapeOf(graph, node.inputs[0] ?? "");
  const to = shapeOf(graph, node.outputs[0] ?? "");
  return from !== undefined && to?.length === 2 && to[0] === 1 && to[1] === sizeOfShape(from);
}

export function makeFlatten(input: string, output: string, name: string): OnnxNode {
  return makeNode("Flatten", [input], [output], {}, { name });
}
