import { isScalar } from "../../onnx/tensor";
import { constantOperand } from "../constant-operand";
import { movePast } from "../move-past";
import { nodePass } from "../node-pass";

/** (x * m) W becomes (x W) * m: the product then works on integers. */
export const MoveScalarMulPastMatMul = nodePass(
  "MoveScalarMulPastMatMul",
  "A factor that is the same for all inputs moves behind the matrix product.",
  (node, editor) => {
    const factor = constantOperand(editor, node, "Mul");
    const next = editor.soleConsumer(node.outputs[0]);
    if (!factor || !isScalar(factor.value) || next?.opType !== "MatMul") return false;
    if (!editor.constant(next.inputs[1])) return false;
    movePast(editor, node, next, { firstSlot: 1 - factor.slot });
    return true;
  },
);
