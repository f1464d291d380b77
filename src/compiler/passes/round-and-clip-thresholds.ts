import { dataType, isIntegerDataType, smallestDataType } from "../../graph/datatype";
import { datatypeOf } from "../../onnx/annotations";
import { everyValue, mapTensor } from "../../onnx/tensor";
import { replaceConstant } from "../constant-operand";
import { isNearInteger } from "../near-integer";
import { nodePass } from "../node-pass";
import { type Pass, refuse } from "../pass";

/**
 * Where the input is integer, x >= t is x >= ceil(t), so thresholds become integers; those
 * below the input's type are always reached, those above never, so they are clipped to
 * [min, max + 1] of the type.
 *
 * `onNearTies` is told how many thresholds of a node lay within 2 float32 steps of an integer
 * before: only these could come out differently if the constants they are made of had been
 * rounded in another order.
 */
export function roundAndClipThresholds(onNearTies: (count: number) => void = () => {}): Pass {
  return nodePass(
    "RoundAndClipThresholds",
    "Thresholds on integers are rounded up to integers and clipped to the range of their input.",
    (node, editor) => {
      if (node.opType !== "MultiThreshold") return false;
      const [input = "", name = ""] = node.inputs;
      const thresholds = editor.constant(name);
      const inputType = datatypeOf(editor.graph, input);
      // Thresholds with an integer type were rounded before, or came so.
      if (!thresholds || !isIntegerDataType(inputType) || isIntegerDataType(datatypeOf(editor.graph, name))) {
        return false;
      }
      if (!everyValue(thresholds, (t) => !Number.isNaN(t)))
        refuse(node, "it has thresholds that are no numbers");
      const { min, max } = dataType(inputType);
      onNearTies(Array.from(thresholds.data).filter(isNearInteger).length);
      const rounded = mapTensor(thresholds, (t) => Math.min(Math.max(Math.ceil(t), min), max + 1));
      replaceConstant(editor, node, 1, rounded, smallestDataType(min, max + 1).name);
      return true;
    },
  );
}
