/** Figures of many measurements of one thing, in their unit. */
export interface Summary {
  readonly count: number;
  readonly least: number;
  /** Percentiles are measured values: the nearest rank, nothing in between. */
  readonly median: number;
  readonly p95: number;
  readonly most: number;
}

/** Null if nothing was measured. */
export function summarise(values: readonly number[]): Summary | null {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return null;
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
  return {
    count: sorted.length,
    least: sorted[0]!,
    median: rank(0.5),
    p95: rank(0.95),
    most: sorted.at(-1)!,
  };
}
