import { intsAttr } from "../../onnx/attributes";
import { nodePass } from "../node-pass";

/** Two Transposes that undo each other go. */
export const AbsorbConsecutiveTransposes = nodePass(
  "AbsorbConsecutiveTransposes",
  "Two Transposes that undo each other are removed.",
  (node, editor) => {
    const next = editor.soleConsumer(node.outputs[0]);
    if (node.opType !== "Transpose" || next?.opType !== "Transpose") return false;
    const first = intsAttr(node, "perm");
    const second = intsAttr(next, "perm");
    if (!first || second?.some((axis, i) => first[axis] !== i)) return false;
    // A graph that is nothing but the two has to stay: its input can not be its output.
    if (editor.isGraphOutput(next.outputs[0]) && !editor.producer(node.inputs[0])) return false;
    return editor.removeAndRewire(next) && editor.removeAndRewire(node);
  },
);
