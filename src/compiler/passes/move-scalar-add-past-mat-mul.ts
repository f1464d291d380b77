import { float32Tensor, isScalar, scalarOf } from "../../onnx/tensor";
import { constantOperand, replaceConstant } from "../constant-operand";
import { movePast } from "../move-past";
import { nodePass } from "../node-pass";

/**
 * (x + a) W becomes x W + a * (column sums of W). The sums are taken in float64 and rounded
 * once: their order is free, so no result depends on it.
 */
export const MoveScalarAddPastMatMul = nodePass(
  "MoveScalarAddPastMatMul",
  "An offset that is the same for all inputs moves behind the matrix product.",
  (node, editor) => {
    const offset = constantOperand(editor, node, "Add");
    const next = editor.soleConsumer(node.outputs[0]);
    if (!offset || !isScalar(offset.value) || next?.opType !== "MatMul") return false;
    const weights = editor.constant(next.inputs[1]);
    const [rows = 0, columns = 0] = weights?.shape ?? [];
    if (weights?.shape.length !== 2) return false;

    const sums = new Float64Array(columns);
    const value = scalarOf(offset.value);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        sums[column]! += value * weights.data[row * columns + column]!;
      }
    }
    const moved = movePast(editor, node, next, { firstSlot: 1 - offset.slot });
    replaceConstant(editor, moved, offset.slot, float32Tensor([1, columns], sums));
    return true;
  },
);
