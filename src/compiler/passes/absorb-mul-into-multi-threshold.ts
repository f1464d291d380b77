import { everyValue } from "../../onnx/tensor";
import { constantOperand, replaceConstant } from "../constant-operand";
import { nodePass } from "../node-pass";
import { changeThresholds } from "../thresholds";

/**
 * x * m >= t is x >= t / m for m > 0: a factor in front of thresholds scales the thresholds.
 * A factor of 0 makes every comparison 0 >= t, so its thresholds become minus infinity (always
 * reached) or infinity (never). FINN divides there too, and gets NaN for 0 / 0.
 */
export const AbsorbMulIntoMultiThreshold = nodePass(
  "AbsorbMulIntoMultiThreshold",
  "A factor in front of thresholds scales the thresholds instead.",
  (node, editor) => {
    const factor = constantOperand(editor, node, "Mul");
    const next = editor.soleConsumer(node.outputs[0]);
    if (!factor || next?.opType !== "MultiThreshold" || next.inputs[0] !== node.outputs[0]) return false;
    if (!everyValue(factor.value, (m) => m >= 0)) return false;
    const thresholds = changeThresholds(editor.graph, next, factor.value, (t, m) => {
      if (m === 0) return t <= 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
      return t / m;
    });
    if (!thresholds) return false;
    replaceConstant(editor, next, 1, thresholds);
    editor.remove(node);
    editor.setInput(next, 0, factor.input);
    return true;
  },
);
