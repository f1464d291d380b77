import { type GraphEditor, setShape, shapeOf } from "../onnx/edit";
import type { OnnxNode } from "../onnx/model";

interface Move {
  /** Where `first` reads the tensor that flows. */
  readonly firstSlot?: number;
  /** Where `second` reads what `first` makes. */
  readonly secondSlot?: number;
  /** Shape of the tensor between them after the swap; that of the output if left out. */
  readonly shape?: readonly number[] | undefined;
}

/**
 * Swaps two neighbours: `x -> first -> second -> y` becomes `x -> second -> first -> y`.
 * `first` feeds only `second`. All their other inputs and attributes stay as they are.
 * Returns the moved `first`, a node of the same name.
 */
export function movePast(editor: GraphEditor, first: OnnxNode, second: OnnxNode, move: Move = {}): OnnxNode {
  const { firstSlot = 0, secondSlot = 0 } = move;
  const input = first.inputs[firstSlot] ?? "";
  const output = second.outputs[0] ?? "";
  const between = editor.uniqueName(`${first.name}_in`);
  const shape = move.shape ?? shapeOf(editor.graph, output);
  if (shape) setShape(editor.graph, between, shape);

  editor.remove(first);
  editor.setInput(second, secondSlot, input);
  editor.setOutput(second, 0, between);
  const moved: OnnxNode = { ...first, inputs: first.inputs.with(firstSlot, between), outputs: [output] };
  editor.insertAfter(second, moved);
  return moved;
}
