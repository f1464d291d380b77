/** After this time a frame counts half in what is shown. */
export const halfLifeMs = 400;

/**
 * A running mean of logits over time, so that a list of the best classes does not flicker. The mean
 * of integers on one scale is a number on that scale; nothing is turned into a probability. It is
 * exponential in time, not in frames: a slow engine is smoothed no longer than a fast one.
 */
export class LogitSmoother {
  #mean: Float64Array | null = null;
  #at = 0;

  /** Takes a frame's logits at a time in milliseconds; gives the mean, which the next call does not change. */
  add(logits: Int32Array, atMs: number): Float64Array {
    const before = this.#mean?.length === logits.length ? this.#mean : null;
    const share = before ? 1 - 2 ** (-(atMs - this.#at) / halfLifeMs) : 1;
    this.#mean = Float64Array.from(logits, (logit, i) => {
      const mean = before?.[i] ?? logit;
      return mean + share * (logit - mean);
    });
    this.#at = atMs;
    return this.#mean;
  }
}

/** The indices of the highest values, best first; of equal ones the lower index, as in LabelSelect. */
export function highest(values: Float64Array, count: number): number[] {
  const best: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (best.length === count && values[i]! <= values[best[count - 1]!]!) continue;
    const place = best.findIndex((other) => values[i]! > values[other]!);
    best.splice(place < 0 ? best.length : place, 0, i);
    if (best.length > count) best.pop();
  }
  return best;
}
