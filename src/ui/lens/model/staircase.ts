import type { Activation } from "../../../graph/dataflow";

/** A channel's thresholds and how far a sum climbs them. */
export interface Staircase {
  /** Ascending. */
  readonly thresholds: readonly number[];
  /** How many of them the sum has reached: those that are not above it. */
  readonly reached: number;
  /** What comes out: the steps reached, plus the value below the first. */
  readonly value: number;
}

/** FINN: MultiThreshold. The sum climbs a step with every threshold that it reaches or exceeds. */
export function climb({ thresholds, actVal }: Activation, channel: number, sum: number): Staircase {
  const steps = thresholds.shape[1] ?? 0;
  const row = Array.from(thresholds.data.subarray(channel * steps, (channel + 1) * steps));
  const reached = row.filter((threshold) => threshold <= sum).length;
  return { thresholds: row, reached, value: actVal + reached };
}
