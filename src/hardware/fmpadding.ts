import { mapShape } from "../graph/dataflow";
import { divisors, type HardwareModel, noResources } from "./model";

/** Zeros around a feature map, SIMD channels a beat. FINN estimates no resources for it. */
export const fmPadding: HardwareModel<"FMPadding"> = {
  legal: (node) => ({ SIMD: divisors(mapShape(node.input).channels) }),
  foldedInput({ node, folding: { SIMD } }) {
    const { height, width, channels } = mapShape(node.input);
    return [1, height, width, channels / SIMD, SIMD];
  },
  foldedOutput({ node, folding: { SIMD } }) {
    const { height, width, channels } = mapShape(node.output);
    return [1, height, width, channels / SIMD, SIMD];
  },
  /** One beat out a cycle; FINN: FMPadding.get_exp_cycles. */
  cycles({ node, folding: { SIMD } }) {
    const { height, width, channels } = mapShape(node.output);
    return (channels / SIMD) * height * width;
  },
  resources: () => noResources,
};
