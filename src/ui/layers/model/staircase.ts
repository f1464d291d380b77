/** How often accumulators fall between two neighbouring edges. */
export interface Bin {
  /** From this accumulator ... */
  readonly from: number;
  /** ... up to, but without, this one. */
  readonly to: number;
  readonly count: number;
}

/** The activation of an accumulator: how many thresholds it reaches, counted from `actVal`. FINN: MultiThreshold. */
export function stairOf(thresholds: ArrayLike<number>, accumulator: number, actVal = 0): number {
  let reached = 0;
  while (reached < thresholds.length && thresholds[reached]! <= accumulator) reached++;
  return actVal + reached;
}

/** Counts accumulators in at most `most` bins of equal, whole width that hold all of them. */
export function accumulatorBins(accumulators: Int32Array, most: number): Bin[] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const sum of accumulators) {
    if (sum < low) low = sum;
    if (sum > high) high = sum;
  }
  if (low > high) return [];
  const width = Math.ceil((high - low + 1) / most);
  const counts = new Array<number>(Math.ceil((high - low + 1) / width)).fill(0);
  for (const sum of accumulators) counts[Math.floor((sum - low) / width)]!++;
  return counts.map((count, i) => ({ from: low + i * width, to: low + (i + 1) * width, count }));
}
