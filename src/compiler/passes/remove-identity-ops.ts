import { GraphEditor, shapeOf } from "../../onnx/edit";
import type { OnnxGraph, OnnxNode, Tensor } from "../../onnx/model";
import { broadcastShape, everyValue } from "../../onnx/tensor";
import { type Pass, refuse } from "../pass";

/** FINN: factors this close to 1 count as 1. Needed, since scales that should cancel do so but for rounding. */
const FACTOR_TOLERANCE = 2e-5;
/** What rounding alone leaves of scales that cancel: a few steps of float32 at 1. */
const ROUNDING = 4 * 2 ** -23;

/**
 * Removes nodes that change nothing. FINN also drops terms up to 1e-5 whatever the scale of the values;
 * here a term must be 0, since the thresholds behind it can take any other in exactly.
 *
 * `onRounded` hears of each node whose factors were further from 1 than rounding explains.
 */
export function removeIdentityOps(onRounded: (node: OnnxNode) => void = () => undefined): Pass {
  return {
    name: "RemoveIdentityOps",
    summary: "Removes nodes that change nothing, such as a multiplication by 1 or padding by 0.",
    apply({ graph }) {
      const editor = new GraphEditor(graph);
      let changed = false;
      for (const node of editor.nodes()) {
        const data = dataSlotOfIdentity(graph, node);
        if (data === undefined) continue;
        const operand = graph.initializers.get(node.inputs[1 - data] ?? "");
        if (!editor.removeAndRewire(node, data)) continue;
        changed = true;
        if (isFactor(node) && operand && !everyValue(operand, (value) => Math.abs(value - 1) <= ROUNDING)) {
          onRounded(node);
        }
      }
      return changed;
    },
  };
}

const isFactor = ({ opType }: OnnxNode): boolean => opType === "Mul" || opType === "Div";

/** The input that a node hands on unchanged, or undefined if it does not. */
function dataSlotOfIdentity(graph: OnnxGraph, node: OnnxNode): number | undefined {
  const constant = (slot: number) => graph.initializers.get(node.inputs[slot] ?? "");
  const isOne = (value: number) => Math.abs(value - 1) <= FACTOR_TOLERANCE;
  const isZero = (value: number) => value === 0;
  switch (node.opType) {
    case "Identity":
      return 0;
    case "Mul":
      return neutral(graph, node, 1, constant(1), isOne) ?? neutral(graph, node, 0, constant(0), isOne);
    case "Add":
      return neutral(graph, node, 1, constant(1), isZero) ?? neutral(graph, node, 0, constant(0), isZero);
    case "Div":
      return neutral(graph, node, 1, constant(1), isOne);
    case "Sub":
      return neutral(graph, node, 1, constant(1), isZero);
    case "Pad": {
      const pads = node.attributes.get("pads");
      const amounts = pads?.kind === "ints" ? pads.value : constant(1)?.data;
      return amounts?.every((amount) => amount === 0) ? 0 : undefined;
    }
    case "Dropout":
      if (constant(2)?.data[0]) refuse(node, "Dropout is in training mode");
      return 0;
    default:
      return undefined;
  }
}

/** The data input of a binary node, if the operand in `slot` is a constant that does nothing. */
function neutral(
  graph: OnnxGraph,
  node: OnnxNode,
  slot: 0 | 1,
  operand: Tensor | undefined,
  doesNothing: (value: number) => boolean,
): number | undefined {
  if (!operand || !everyValue(operand, doesNothing)) return undefined;
  // A neutral operand may still spread the data over a larger shape.
  const data = slot === 0 ? 1 : 0;
  const shape = shapeOf(graph, node.inputs[data] ?? "");
  const keepsShape = shape
    ? broadcastShape(shape, operand.shape)?.join() === shape.join()
    : !operand.shape.length;
  return keepsShape ? data : undefined;
}
