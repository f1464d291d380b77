import { isScalar } from "../../onnx/tensor";
import { constantOperand } from "../constant-operand";
import { movePast } from "../move-past";
import { nodePass } from "../node-pass";

/** A factor for all inputs moves behind a convolution without bias, which then works on integers. */
export const MoveScalarMulPastConv = nodePass(
  "MoveScalarMulPastConv",
  "A factor that is the same for all inputs moves behind the convolution.",
  (node, editor) => {
    const factor = constantOperand(editor, node, "Mul");
    const next = editor.soleConsumer(node.outputs[0]);
    if (!factor || !isScalar(factor.value) || next?.opType !== "Conv") return false;
    if (next.inputs.length !== 2 || !editor.constant(next.inputs[1])) return false;
    movePast(editor, node, next, { firstSlot: 1 - factor.slot });
    return true;
  },
);
