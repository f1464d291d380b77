import { constantOperand, replaceConstant } from "../constant-operand";
import { nodePass } from "../node-pass";
import { changeThresholds } from "../thresholds";

/** x + b >= t is x >= t - b: an offset in front of thresholds moves the thresholds. */
export const AbsorbAddIntoMultiThreshold = nodePass(
  "AbsorbAddIntoMultiThreshold",
  "An offset in front of thresholds moves the thresholds instead.",
  (node, editor) => {
    const offset = constantOperand(editor, node, "Add");
    const next = editor.soleConsumer(node.outputs[0]);
    if (!offset || next?.opType !== "MultiThreshold" || next.inputs[0] !== node.outputs[0]) return false;
    const thresholds = changeThresholds(editor.graph, next, offset.value, (t, b) => t - b);
    if (!thresholds) return false;
    replaceConstant(editor, next, 1, thresholds);
    editor.remove(node);
    editor.setInput(next, 0, offset.input);
    return true;
  },
);
