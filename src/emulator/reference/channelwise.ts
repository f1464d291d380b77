import { type ChannelwiseOp, type IntegerArray, sizeOf } from "../../graph/dataflow";
import { integerArray } from "../../graph/integer-array";

/** One number added to each channel: the classifier's bias. */
export function channelwise(node: ChannelwiseOp, input: IntegerArray): IntegerArray {
  const output = integerArray(node.output.datatype, sizeOf(node.output.shape));
  for (let i = 0; i < input.length; i++) output[i] = input[i]! + node.parameters.data[i % node.channels]!;
  return output;
}
