import type { Tap } from "../engine-types";

export interface TapStatistics {
  /** Share of the values that are not 0, from 0 to 1. */
  readonly nonZero: number;
  readonly min: number;
  readonly max: number;
  /** How often each value from the data type's minimum up occurs; null for types above 4 bits. */
  readonly histogram: readonly { readonly value: number; readonly count: number }[] | null;
}

/** What a node put out, in a few figures. */
export function tapStatistics({ data, datatype }: Tap): TapStatistics {
  let nonZero = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  const values = datatype.max - datatype.min + 1;
  const counts = new Array<number>(values <= 16 ? values : 0).fill(0);
  for (const value of data) {
    if (value !== 0) nonZero++;
    if (value < min) min = value;
    if (value > max) max = value;
    const bin = value - datatype.min;
    if (bin < counts.length) counts[bin]!++;
  }
  return {
    nonZero: data.length > 0 ? nonZero / data.length : 0,
    min,
    max,
    histogram: counts.length > 0 ? counts.map((count, i) => ({ value: datatype.min + i, count })) : null,
  };
}
