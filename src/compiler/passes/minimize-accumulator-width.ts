import { accumulatorRange, type Range } from "../../graph/accumulator";
import { type DataType, smallestDataType } from "../../graph/datatype";
import { datatypeOf, setDatatype } from "../../onnx/annotations";
import type { GraphEditor } from "../../onnx/edit";
import type { OnnxGraph, OnnxNode } from "../../onnx/model";
import { mapTensor } from "../../onnx/tensor";
import { replaceConstant } from "../constant-operand";
import { integerType } from "../integer-input";
import { ulp } from "../near-integer";
import { nodePass } from "../node-pass";
import { refuse } from "../pass";
import { unitWeights } from "../unit-weights";
import { offsetType } from "./infer-channelwise-linear-layer";

/**
 * Sums get the smallest type that holds what the real weights can reach, in stream order, so
 * that each node sees the final type of its input; thresholds get clipped to
 * [least sum, greatest sum + 1].
 *
 * FINN clips thresholds inside a matrix unit to the greatest sum itself, without the + 1: one
 * that is never reached would then fire at that very sum. Here no result changes.
 */
export const MinimizeAccumulatorWidth = nodePass(
  "MinimizeAccumulatorWidth",
  "Sums get the smallest type that holds what the weights can reach; thresholds are clipped to it.",
  (node, editor) => {
    switch (node.opType) {
      case "MVAU":
      case "VVAU": {
        const range = sumRange(editor.graph, node);
        if (node.inputs[2]) return clipThresholds(editor, node, 2, range);
        return changeType(editor.graph, node, smallestDataType(range.min, range.max));
      }
      case "Thresholding":
        return clipThresholds(editor, node, 1, inputType(editor.graph, node));
      case "ChannelwiseOp": {
        const parameters = editor.constant(node.inputs[1]) ?? refuse(node, "its numbers are not constant");
        return changeType(editor.graph, node, offsetType(inputType(editor.graph, node), parameters.data));
      }
      default:
        return false;
    }
  },
);

function inputType(graph: OnnxGraph, node: OnnxNode): DataType {
  return integerType(graph, node, node.inputs[0] ?? "", "its input has");
}

function sumRange(graph: OnnxGraph, node: OnnxNode): Range {
  const range = accumulatorRange(unitWeights(graph, node), inputType(graph, node));
  const { bits } = smallestDataType(Math.min(range.min, -1), range.max);
  if (bits > 32) refuse(node, `its sums need ${bits} bits; 32 is the most`);
  return range;
}

function changeType(graph: OnnxGraph, node: OnnxNode, { name }: DataType): boolean {
  const [output = ""] = node.outputs;
  if (datatypeOf(graph, output) === name) return false;
  setDatatype(graph, output, name);
  return true;
}

function clipThresholds(editor: GraphEditor, node: OnnxNode, slot: number, { min, max }: Range): boolean {
  const name = node.inputs[slot] ?? "";
  const thresholds = editor.constant(name) ?? refuse(node, "its thresholds are not constant");
  // Beyond 2^24 not every integer is a float32: ends are taken further out, where they decide the same.
  const [always, never] = [float32Below(min), float32Above(max + 1)];
  const clipped = mapTensor(thresholds, (t) => Math.min(Math.max(t, always), never));
  const values = Array.from(clipped.data);
  const low = values.reduce((least, t) => Math.min(least, t), never);
  const high = values.reduce((most, t) => Math.max(most, t), always);
  const type = smallestDataType(low, high).name;
  const clippedBefore = values.every((t, i) => t === thresholds.data[i]);
  if (clippedBefore && type === datatypeOf(editor.graph, name)) return false;
  replaceConstant(editor, node, slot, clipped, type);
  return true;
}

/** The float32 nearest to an integer of at most 33 bits that is not less than it. */
function float32Above(value: number): number {
  const nearest = Math.fround(value);
  return nearest < value ? nearest + ulp(nearest) : nearest;
}

/** The float32 nearest to an integer of at most 33 bits that is not greater than it. */
const float32Below = (value: number): number => -float32Above(-value);
