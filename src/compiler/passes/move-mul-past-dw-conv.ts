import { shapeOf } from "../../onnx/edit";
import { isDepthwise, perChannel } from "../channels";
import { constantOperand } from "../constant-operand";
import { movePast } from "../move-past";
import { nodePass } from "../node-pass";

/**
 * A factor for each channel moves behind a depthwise convolution, where channel c of the
 * output sees channel c of the input only. That is why networks may have activation scales per
 * channel in front of depthwise layers, and nowhere else.
 */
export const MoveMulPastDWConv = nodePass(
  "MoveMulPastDWConv",
  "A factor for each channel moves behind a depthwise convolution.",
  (node, editor) => {
    const factor = constantOperand(editor, node, "Mul");
    const next = editor.soleConsumer(node.outputs[0]);
    const weights = editor.constant(next?.inputs[1]);
    if (!factor || next?.opType !== "Conv" || next.inputs.length !== 2 || !weights) return false;
    const shape = shapeOf(editor.graph, factor.input);
    if (!isDepthwise(next, weights) || !shape || !perChannel(factor.value, shape, 1)) return false;
    movePast(editor, node, next, { firstSlot: 1 - factor.slot });
    return true;
  },
);
