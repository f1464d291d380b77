import { negate } from "../../onnx/tensor";
import { constantOperand, replaceConstant } from "../constant-operand";
import { nodePass } from "../node-pass";

/** Sub(c) becomes Add(-c): one operator less for the passes that follow. */
export const ConvertSubToAdd = nodePass(
  "ConvertSubToAdd",
  "Subtracting a constant becomes adding its negative.",
  (node, editor) => {
    const operand = constantOperand(editor, node, "Sub");
    if (operand?.slot !== 1) return false;
    node.opType = "Add";
    replaceConstant(editor, node, 1, negate(operand.value));
    return true;
  },
);
