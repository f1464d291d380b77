import { type Activation, type IntegerArray, sizeOf, type Thresholding } from "../../graph/dataflow";
import { integerArray } from "../../graph/integer-array";

/** Thresholds as a node of its own: each channel's values climb that channel's staircase. */
export function thresholding(node: Thresholding, input: IntegerArray): IntegerArray {
  const output = integerArray(node.output.datatype, sizeOf(node.output.shape));
  const thresholds = Int32Array.from(node.activation.thresholds.data);
  for (let i = 0; i < input.length; i++) {
    const steps = stepsReached(thresholds, node.activation, i % node.channels, input[i]!);
    output[i] = node.activation.actVal + steps;
  }
  return output;
}

/**
 * How many thresholds of the channel are <= value (FINN: MultiThreshold compares with >=).
 * Rows are ascending, so counting stops at the first that is not reached.
 *
 * `thresholds` is the activation's `[channels, steps]` widened to 32 bits.
 */
export function stepsReached(
  thresholds: Int32Array,
  activation: Activation,
  channel: number,
  value: number,
): number {
  const [, steps = 0] = activation.thresholds.shape;
  const row = channel * steps;
  let reached = 0;
  while (reached < steps && thresholds[row + reached]! <= value) reached++;
  return reached;
}
