import { divisors, type HardwareModel, noResources } from "./model";

/** Keeps the K best of the labels that stream past, PE a beat, then puts out their indices one by one. */
export const labelSelect: HardwareModel<"LabelSelect"> = {
  legal: (node) => ({ PE: divisors(node.labels) }),
  foldedInput({ node, folding: { PE } }) {
    return [...node.input.shape.slice(0, -1), node.labels / PE, PE];
  },
  foldedOutput: ({ node }) => [...node.output.shape.slice(0, -1), node.k, 1],
  /** FINN: LabelSelect.get_exp_cycles. The K beats out are not counted. */
  cycles: ({ node, folding: { PE } }) => node.labels / PE,
  resources: () => noResources,
};
