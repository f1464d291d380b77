import type { Constant, DataflowNode } from "./dataflow";
import type { DataType } from "./datatype";

export interface Range {
  readonly min: number;
  readonly max: number;
}

/**
 * The least and greatest sum that any neuron can reach: for each row of `weights`
 * (`[rows, columns]`) every input takes the end of its type's range that pushes the sum
 * furthest. FINN: MinimizeAccumulatorWidth. Zero is always in the range, since a sum starts there.
 */
export function accumulatorRange(weights: Constant, input: DataType): Range {
  const [rows = 0, columns = 0] = weights.shape;
  let min = 0;
  let max = 0;
  for (let row = 0; row < rows; row++) {
    let low = 0;
    let high = 0;
    for (let i = row * columns; i < (row + 1) * columns; i++) {
      const w = weights.data[i]!;
      low += w > 0 ? w * input.min : w * input.max;
      high += w > 0 ? w * input.max : w * input.min;
    }
    if (low < min) min = low;
    if (high > max) max = high;
  }
  return { min, max };
}

/** The range of the sums inside a node, before thresholds. Null for nodes that do not add up. */
export function accumulatorRangeOf(node: DataflowNode): Range | null {
  switch (node.kind) {
    case "MVAU":
    case "VVAU":
      return accumulatorRange(node.weights, node.input.datatype);
    case "Pool": {
      const window = node.kernel[0] * node.kernel[1];
      const { min, max } = node.input.datatype;
      return { min: Math.min(0, min * window), max: Math.max(0, max * window) };
    }
    default:
      return null;
  }
}
