import { datatypeOf } from "../../onnx/annotations";
import { ints } from "../../onnx/attributes";
import { shapeOf } from "../../onnx/edit";
import type { Tensor } from "../../onnx/model";
import { reshape, transpose } from "../../onnx/tensor";
import { replaceConstant } from "../constant-operand";
import { isFlatten, isTranspose, TO_CHANNELS_FIRST } from "../layout";
import { nodePass } from "../node-pass";

/**
 * A map that is flattened into a fully connected layer goes there as it streams, channels last:
 * the Transpose in front of the Flatten becomes an order of the layer's weights, and the
 * Flatten, which moves nothing, goes.
 */
export const RemoveCNVtoFCFlatten = nodePass(
  "RemoveCNVtoFCFlatten",
  "A map goes into a fully connected layer as it streams; the layer's weights are put in that order.",
  (node, editor) => {
    const { graph } = editor;
    const unit = editor.soleConsumer(node.outputs[0]);
    if (!isFlatten(graph, node) || unit?.opType !== "MVAU") return false;
    const before = editor.producer(node.inputs[0]);
    const turn =
      isTranspose(before, TO_CHANNELS_FIRST) && editor.soleConsumer(before.outputs[0]) === node
        ? before
        : undefined;
    const source = (turn ?? node).inputs[0] ?? "";
    const weights = editor.constant(unit.inputs[1]);
    const shape = shapeOf(graph, source);
    if (!weights || !shape) return false;

    if (turn) {
      const ordered = channelsLastRows(weights, shape);
      replaceConstant(editor, unit, 1, ordered, datatypeOf(graph, unit.inputs[1] ?? ""));
      editor.remove(turn);
    }
    unit.attributes.set("numInputVectors", ints([1]));
    editor.remove(node);
    editor.setInput(unit, 0, source);
    return true;
  },
);

/** Rows of a `[C * H * W, out]` matrix, for a map `[1, H, W, C]`, in the order (H, W, C). */
function channelsLastRows(
  weights: Tensor,
  [, height = 1, width = 1, channels = 1]: readonly number[],
): Tensor {
  const [rows = 0, columns = 0] = weights.shape;
  const byAxis = reshape(weights, [channels, height, width, columns]);
  return reshape(transpose(byAxis, [1, 2, 0, 3]), [rows, columns]);
}
