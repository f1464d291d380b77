import { absorbSigns } from "../absorb-signs";
import { nodePass } from "../node-pass";

/** Signs behind a matrix product flip columns of its weights `[in, out]`. */
export const Absorb1BitMulIntoMatMul = nodePass(
  "Absorb1BitMulIntoMatMul",
  "Signs behind a matrix product flip its weights.",
  (node, editor) => {
    const columns = editor.constant(node.inputs[1])?.shape[1];
    if (node.opType !== "MatMul" || !columns) return false;
    return absorbSigns(editor, node, (position) => position % columns);
  },
);
