export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** First and third quartile. */
  readonly quartiles: readonly [number, number];
}

/** Median and spread; quantiles interpolate linearly between the sorted values. */
export function spread(values: readonly number[]): Spread {
  if (values.length === 0) throw new RangeError("no values");
  const sorted = [...values].sort((a, b) => a - b);
  const quantile = (q: number): number => {
    const at = q * (sorted.length - 1);
    const below = sorted[Math.floor(at)]!;
    const above = sorted[Math.ceil(at)]!;
    return below + (above - below) * (at - Math.floor(at));
  };
  return {
    median: quantile(0.5),
    min: quantile(0),
    max: quantile(1),
    quartiles: [quantile(0.25), quantile(0.75)],
  };
}
