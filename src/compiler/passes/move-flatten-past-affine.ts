import { string } from "../../onnx/attributes";
import { type GraphEditor, shapeOf } from "../../onnx/edit";
import type { OnnxNode } from "../../onnx/model";
import { channelAxis, perChannel } from "../channels";
import { constantOperand } from "../constant-operand";
import { isFlatten, makeFlatten } from "../layout";
import { movePast } from "../move-past";
import { nodePass } from "../node-pass";

/**
 * A Flatten of a map of one pixel, `[1, 1, 1, C]`, moves behind matrix products, factors and
 * offsets, so that the classifier streams like the layers before it. Beyond FINN, it also
 * moves behind MultiThreshold: classifiers of several layers have one in between.
 */
export const MoveFlattenPastAffine = nodePass(
  "MoveFlattenPastAffine",
  "A Flatten of a map of one pixel moves behind matrix products, factors and offsets.",
  (node, editor) => {
    const { graph } = editor;
    const next = editor.soleConsumer(node.outputs[0]);
    const shape = shapeOf(graph, node.inputs[0] ?? "");
    if (!next || !isFlatten(graph, node) || !isPixel(shape)) return false;
    // Behind a Transpose, the last dimension of a map is not its channels.
    if (editor.producer(node.inputs[0])?.opType === "Transpose") return false;
    const slot = flowSlot(editor, next, shape);
    if (slot === undefined || next.inputs[slot] !== node.outputs[0]) return false;

    const outputChannels = shapeOf(graph, next.outputs[0] ?? "")?.[1];
    if (!outputChannels) return false;
    if (next.opType === "MultiThreshold") next.attributes.set("data_layout", string("NHWC"));
    const moved = movePast(editor, node, next, { secondSlot: slot, shape: [1, 1, 1, outputChannels] });
    // A Reshape would still name its old shape.
    editor.insertAfter(
      moved,
      makeFlatten(moved.inputs[0] ?? "", moved.outputs[0] ?? "", editor.uniqueName("Flatten")),
    );
    editor.remove(moved);
    return true;
  },
);

function isPixel(shape: readonly number[] | undefined): shape is readonly number[] {
  return shape?.length === 4 && shape.slice(0, 3).every((dim) => dim === 1);
}

/** The input by which a vector flows through `node`, if the node treats `[1, 1, 1, C]` as it treats `[1, C]`. */
function flowSlot(editor: GraphEditor, node: OnnxNode, shape: readonly number[]): number | undefined {
  if (node.opType === "MatMul") return editor.constant(node.inputs[1]) ? 0 : undefined;
  if (node.opType === "MultiThreshold") return 0;
  const operand = constantOperand(editor, node, "Mul") ?? constantOperand(editor, node, "Add");
  if (!operand || !perChannel(operand.value, shape, channelAxis("NHWC", 4))) return undefined;
  return 1 - operand.slot;
}
