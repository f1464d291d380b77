import { intAttr } from "../../onnx/attributes";
import { shapeOf } from "../../onnx/edit";
import type { Tensor } from "../../onnx/model";
import { channelTensor, perChannel } from "../channels";
import { constantOperand, replaceConstant } from "../constant-operand";
import { windowOf } from "../evaluate/window";
import { movePast } from "../move-past";
import { nodePass } from "../node-pass";

/**
 * An offset per input channel in front of a convolution becomes one per output channel
 * behind it: the convolution of a constant map. That holds only without padding, since
 * padded positions are zero and do not get the offset. The products are summed in float64
 * and rounded once: their order is free, so no result depends on it.
 */
export const MoveAddPastConv = nodePass(
  "MoveAddPastConv",
  "An offset for each channel moves behind a convolution that has no padding.",
  (node, editor) => {
    const offset = constantOperand(editor, node, "Add");
    const next = editor.soleConsumer(node.outputs[0]);
    if (!offset || next?.opType !== "Conv" || next.inputs.length !== 2) return false;
    const weights = editor.constant(next.inputs[1]);
    const shape = shapeOf(editor.graph, offset.input);
    if (weights?.shape.length !== 4 || !shape) return false;
    if (windowOf(next, weights.shape.slice(2)).pads.some((pad) => pad > 0)) return false;
    const offsets = perChannel(offset.value, shape, 1);
    if (!offsets) return false;

    const sums = convolveConstant(offsets, weights, intAttr(next, "group", 1));
    const moved = movePast(editor, node, next, { firstSlot: 1 - offset.slot });
    replaceConstant(editor, moved, offset.slot, channelTensor(sums, 1, 4));
    return true;
  },
);

/** What each output channel of a convolution makes of maps that are constant: `inputs[c]` everywhere in channel c. */
function convolveConstant(inputs: ArrayLike<number>, weights: Tensor, groups: number): Float64Array {
  const [outChannels = 0, groupChannels = 0, height = 0, width = 0] = weights.shape;
  const window = height * width;
  const sums = new Float64Array(outChannels);
  for (let out = 0; out < outChannels; out++) {
    const firstInput = Math.floor(out / (outChannels / groups)) * groupChannels;
    for (let i = 0; i < groupChannels * window; i++) {
      const input = inputs[firstInput + Math.floor(i / window)]!;
      sums[out]! += input * weights.data[out * groupChannels * window + i]!;
    }
  }
  return sums;
}
