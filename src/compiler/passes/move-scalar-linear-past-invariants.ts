import { isScalar } from "../../onnx/tensor";
import { constantOperand } from "../constant-operand";
import { movePast } from "../move-past";
import { nodePass } from "../node-pass";

/** Operators that only rearrange values, or average them: one factor or offset for all commutes with them. */
const INVARIANTS: ReadonlySet<string> = new Set([
  "Flatten",
  "GlobalAveragePool",
  "Reshape",
  "Squeeze",
  "Transpose",
  "Unsqueeze",
]);

/** Mul(scalar) and Add(scalar) move behind operators that treat all values alike. */
export const MoveScalarLinearPastInvariants = nodePass(
  "MoveScalarLinearPastInvariants",
  "A factor or offset that is the same for all values moves behind reshapes and transposes.",
  (node, editor) => {
    const operand = constantOperand(editor, node, "Mul") ?? constantOperand(editor, node, "Add");
    const next = editor.soleConsumer(node.outputs[0]);
    if (!operand || !isScalar(operand.value) || !next) return false;
    if (!INVARIANTS.has(next.opType) || next.inputs[0] !== node.outputs[0]) return false;
    movePast(editor, node, next, { firstSlot: 1 - operand.slot });
    return true;
  },
);
