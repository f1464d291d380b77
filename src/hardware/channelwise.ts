import { mapShape } from "../graph/dataflow";
import { channelParameterResources } from "./channel-parameters";
import { divisors, type Folded, type HardwareModel } from "./model";

/** One parameter a channel, added: PE channels a beat, the same shape in and out. */
export const channelwise: HardwareModel<"ChannelwiseOp"> = {
  legal: (node) => ({ PE: divisors(node.channels) }),
  foldedInput: foldedShape,
  foldedOutput: foldedShape,
  /** A beat a cycle; FINN: ChannelwiseOp.get_exp_cycles. */
  cycles({ node, folding: { PE } }) {
    const { height, width } = mapShape(node.input);
    return (node.channels / PE) * height * width;
  },
  resources: ({ node, folding }) =>
    channelParameterResources({
      channels: node.channels,
      pe: folding.PE,
      inputBits: node.input.datatype.bits,
      ramStyle: folding.ram_style,
    }),
};

function foldedShape({ node, folding: { PE } }: Folded<"ChannelwiseOp">): readonly number[] {
  return [...node.input.shape.slice(0, -1), node.channels / PE, PE];
}
