import { setDatatype } from "../onnx/annotations";
import type { GraphEditor } from "../onnx/edit";
import type { OnnxNode, Tensor } from "../onnx/model";

/** The constant of a two-input node such as Mul, and the tensor it is combined with. */
export interface ConstantOperand {
  readonly value: Tensor;
  /** Name of the constant. */
  readonly name: string;
  /** Which input it is. */
  readonly slot: number;
  /** The other input: the tensor that flows. */
  readonly input: string;
}

/** Finds the constant operand of `node` if it is an `opType` of one constant and one tensor. */
export function constantOperand(
  editor: GraphEditor,
  node: OnnxNode | undefined,
  opType: string,
): ConstantOperand | undefined {
  if (node?.opType !== opType || node.inputs.length !== 2) return undefined;
  const [first = "", second = ""] = node.inputs;
  const right = editor.constant(second);
  const left = editor.constant(first);
  if (right && !left) return { value: right, name: second, slot: 1, input: first };
  if (left && !right) return { value: left, name: first, slot: 0, input: second };
  return undefined;
}

/**
 * Gives a node another constant, in place of the one at `slot`. The old one keeps its value if
 * other nodes read it too; otherwise its name goes to the new one.
 */
export function replaceConstant(
  editor: GraphEditor,
  node: OnnxNode,
  slot: number,
  value: Tensor,
  datatype = "FLOAT32",
): void {
  const old = node.inputs[slot] ?? "";
  const shared = editor.consumers(old).length > 1;
  const name = shared ? editor.addConstant(old, value) : old;
  if (shared) editor.setInput(node, slot, name);
  else editor.graph.initializers.set(name, value);
  setDatatype(editor.graph, name, datatype);
}
