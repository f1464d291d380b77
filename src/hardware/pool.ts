import { mapShape } from "../graph/dataflow";
import { divisors, type HardwareModel, noResources } from "./model";

/** Average pool: PE channels side by side, a value of the window a cycle. FINN estimates no resources. */
export const pool: HardwareModel<"Pool"> = {
  legal: (node) => ({ PE: divisors(node.channels) }),
  foldedInput({ node, folding: { PE } }) {
    const { height, width } = mapShape(node.output);
    return [1, height, width, (node.kernel[0] * node.kernel[1] * node.channels) / PE, PE];
  },
  foldedOutput({ node, folding: { PE } }) {
    const { height, width } = mapShape(node.output);
    return [1, height, width, node.channels / PE, PE];
  },
  /** FINN: Pool.get_exp_cycles. */
  cycles({ node, folding: { PE } }) {
    const { height, width } = mapShape(node.output);
    return ((node.channels * node.kernel[0] * node.kernel[1]) / PE) * height * width;
  },
  resources: () => noResources,
};
