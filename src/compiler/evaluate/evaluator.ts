import type { OnnxNode, Tensor } from "../../onnx/model";
import { refuse } from "../pass";

/**
 * Computes a node's outputs from its inputs, as ONNX (or qonnx, for its operators) defines
 * them, in float32. An omitted optional input is undefined.
 */
export type Evaluator = (node: OnnxNode, inputs: readonly (Tensor | undefined)[]) => Tensor[];

/** The input in a slot; refuses the node if it is not there. */
export function need(node: OnnxNode, inputs: readonly (Tensor | undefined)[], slot: number): Tensor {
  return inputs[slot] ?? refuse(node, `input ${slot} is missing`);
}
