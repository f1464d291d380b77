import { shapeOf } from "../../onnx/edit";
import { isScalar } from "../../onnx/tensor";
import { constantOperand } from "../constant-operand";
import { movePast } from "../move-past";
import { nodePass } from "../node-pass";

/** A Transpose moves behind a factor that is the same for all values, towards another Transpose. */
export const MoveTransposePastScalarMul = nodePass(
  "MoveTransposePastScalarMul",
  "A Transpose moves behind a factor that is the same for all values.",
  (node, editor) => {
    const next = editor.soleConsumer(node.outputs[0]);
    const factor = constantOperand(editor, next, "Mul");
    if (node.opType !== "Transpose" || !next || !factor || !isScalar(factor.value)) return false;
    const shape = shapeOf(editor.graph, node.inputs[0] ?? "");
    movePast(editor, node, next, { secondSlot: 1 - factor.slot, shape });
    return true;
  },
);
