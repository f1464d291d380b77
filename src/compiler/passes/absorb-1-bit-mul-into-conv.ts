import { sizeOfShape } from "../../onnx/tensor";
import { absorbSigns } from "../absorb-signs";
import { nodePass } from "../node-pass";

/** Signs behind a convolution flip the weights `[out, in / group, kh, kw]` of their output channel. */
export const Absorb1BitMulIntoConv = nodePass(
  "Absorb1BitMulIntoConv",
  "Signs behind a convolution flip its weights.",
  (node, editor) => {
    const shape = editor.constant(node.inputs[1])?.shape;
    if (node.opType !== "Conv" || !shape) return false;
    const perOutput = sizeOfShape(shape.slice(1));
    return absorbSigns(editor, node, (position) => Math.floor(position / perOutput));
  },
);
