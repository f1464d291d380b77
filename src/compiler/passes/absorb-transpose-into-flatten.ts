import { intsAttr } from "../../onnx/attributes";
import { shapeOf } from "../../onnx/edit";
import { isFlatten, makeFlatten } from "../layout";
import { nodePass } from "../node-pass";

/**
 * A Transpose in front of a Flatten goes where it moves no value: maps of one pixel have the
 * same order with channels first and last.
 */
export const AbsorbTransposeIntoFlatten = nodePass(
  "AbsorbTransposeIntoFlatten",
  "A Transpose of a map of one pixel vanishes into the Flatten behind it.",
  (node, editor) => {
    const next = editor.soleConsumer(node.outputs[0]);
    if (node.opType !== "Transpose" || !isFlatten(editor.graph, next)) return false;
    const perm = intsAttr(node, "perm");
    const shape = shapeOf(editor.graph, node.inputs[0] ?? "");
    if (!perm || !shape) return false;
    const order = perm.filter((axis) => shape[axis] !== 1);
    if (order.some((axis, i) => i > 0 && axis < (order[i - 1] ?? 0))) return false;

    const flatten = makeFlatten(node.inputs[0] ?? "", next.outputs[0] ?? "", editor.uniqueName("Flatten"));
    editor.insertBefore(node, flatten);
    editor.remove(node);
    editor.remove(next);
    return true;
  },
);
