import { multiply } from "../../onnx/tensor";
import { constantOperand, replaceConstant } from "../constant-operand";
import { movePast } from "../move-past";
import { nodePass } from "../node-pass";

/** (x + a) * m becomes x * m + a * m, so that factors meet factors and offsets meet offsets. */
export const MoveAddPastMul = nodePass(
  "MoveAddPastMul",
  "An offset moves behind the factor that follows it, and is multiplied by it.",
  (node, editor) => {
    const offset = constantOperand(editor, node, "Add");
    const next = editor.soleConsumer(node.outputs[0]);
    const factor = constantOperand(editor, next, "Mul");
    if (!offset || !next || !factor) return false;
    const moved = movePast(editor, node, next, { firstSlot: 1 - offset.slot, secondSlot: 1 - factor.slot });
    replaceConstant(editor, moved, offset.slot, multiply(offset.value, factor.value));
    return true;
  },
);
