import { type DataType, smallestDataType } from "../../graph/datatype";
import { setDatatype } from "../../onnx/annotations";
import { int, string } from "../../onnx/attributes";
import { shapeOf } from "../../onnx/edit";
import { everyValue, float32Tensor } from "../../onnx/tensor";
import { channelAxis, perChannel } from "../channels";
import { constantOperand } from "../constant-operand";
import { makeHardwareNode } from "../hardware-node";
import { integerType } from "../integer-input";
import { nodePass } from "../node-pass";
import { refuse } from "../pass";

/** An integer offset per channel, such as the classifier's bias, becomes a ChannelwiseOp. */
export const InferChannelwiseLinearLayer = nodePass(
  "InferChannelwiseLinearLayer",
  "An integer offset for each channel becomes a channelwise unit.",
  (node, editor) => {
    const { graph } = editor;
    const offset = constantOperand(editor, node, "Add");
    if (!offset) return false;
    const type = integerType(graph, node, offset.input, "its input has");
    const shape = shapeOf(graph, offset.input) ?? refuse(node, "the shape of its input is not known");
    const values = perChannel(offset.value, shape, channelAxis("NHWC", shape.length));
    if (!values) refuse(node, "it adds a constant that is not one number a channel");
    if (!everyValue(offset.value, Number.isInteger)) refuse(node, "it adds numbers that are no integers");

    const parameters = editor.addConstant(offset.name, float32Tensor([values.length], values));
    const { min, max } = rangeOf(values);
    setDatatype(graph, parameters, smallestDataType(min, max).name);
    const [output = ""] = node.outputs;
    setDatatype(graph, output, offsetType(type, values).name);
    const attributes = { NumChannels: int(values.length), Func: string("add") };
    editor.insertBefore(
      node,
      makeHardwareNode("ChannelwiseOp", [offset.input, parameters], output, attributes),
    );
    editor.remove(node);
    return true;
  },
);

/** The smallest type of an input of `type` plus any of the offsets. */
export function offsetType(type: DataType, offsets: ArrayLike<number>): DataType {
  const { min, max } = rangeOf(offsets);
  return smallestDataType(type.min + min, type.max + max);
}

function rangeOf(values: ArrayLike<number>): { min: number; max: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    min = Math.min(min, values[i]!);
    max = Math.max(max, values[i]!);
  }
  return { min, max };
}
