import type { Comparison } from "./comparison";

/**
 * Does a card answer differently that may hold other weights? Its checksum is its bitfile's, so it
 * cannot say that its weights are the model's.
 */
export function mayHoldOtherWeights({ setup, counts, records }: Comparison): boolean {
  const parameters = records.at(-1)?.endpoint.parameters;
  if (!parameters || counts.sameOrder === counts.compared) return false;
  const isCard = parameters.hardware ?? /pynq|alveo|fpga/i.test(setup.endpoint.info.model.platform);
  return isCard === true && parameters.model_checksum !== setup.model.checksum;
}
