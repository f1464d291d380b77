import { isScalar, scalarOf } from "../../onnx/tensor";
import { constantOperand } from "../constant-operand";
import { nodePass } from "../node-pass";

/**
 * A positive factor or an offset for all values in front of TopK goes: it does not change their
 * order. Not so where the values themselves are asked for.
 */
export const AbsorbScalarMulAddIntoTopK = nodePass(
  "AbsorbScalarMulAddIntoTopK",
  "A positive factor or an offset for all classes goes, since it does not change their order.",
  (node, editor) => {
    const topK = editor.soleConsumer(node.outputs[0]);
    if (topK?.opType !== "TopK") return false;
    const [values] = topK.outputs;
    if (editor.isGraphOutput(values) || editor.consumers(values).length > 0) return false;

    const operand = constantOperand(editor, node, node.opType);
    if (!operand || !isScalar(operand.value)) return false;
    const isFactor = node.opType === "Mul" || (node.opType === "Div" && operand.slot === 1);
    const isOffset = node.opType === "Add" || (node.opType === "Sub" && operand.slot === 1);
    if (!isOffset && !(isFactor && scalarOf(operand.value) > 0)) return false;
    return editor.removeAndRewire(node, 1 - operand.slot);
  },
);
