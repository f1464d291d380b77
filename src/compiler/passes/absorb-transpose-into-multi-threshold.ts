import { string } from "../../onnx/attributes";
import { shapeOf } from "../../onnx/edit";
import { isTranspose, TO_CHANNELS_FIRST } from "../layout";
import { movePast } from "../move-past";
import { nodePass } from "../node-pass";

/** The Transpose behind a matrix product moves behind the thresholds, which then count with channels last. */
export const AbsorbTransposeIntoMultiThreshold = nodePass(
  "AbsorbTransposeIntoMultiThreshold",
  "A Transpose moves behind thresholds, which then take their channels last.",
  (node, editor) => {
    const next = editor.soleConsumer(node.outputs[0]);
    if (!isTranspose(node, TO_CHANNELS_FIRST) || next?.opType !== "MultiThreshold") return false;
    movePast(editor, node, next, { shape: shapeOf(editor.graph, node.inputs[0] ?? "") });
    next.attributes.set("data_layout", string("NHWC"));
    return true;
  },
);
