/** The extent and the middle of a set of logits. */
export interface LogitSummary {
  readonly lowest: number;
  readonly median: number;
  readonly highest: number;
}

/** Of an even number of logits the median is the lower middle one: an integer that occurs. */
export function summarizeLogits(logits: Int32Array): LogitSummary {
  const sorted = logits.slice().sort();
  return {
    lowest: sorted[0] ?? 0,
    median: sorted[(sorted.length - 1) >> 1] ?? 0,
    highest: sorted.at(-1) ?? 0,
  };
}

/**
 * An SVG path of one bar a logit, 1 wide, from zero to its value, in a box of `logits.length` by
 * `height`. `only` draws some of them, by index.
 */
export function spectrumPath(logits: Int32Array, height: number, only?: readonly number[]): string {
  const y = spectrumScale(logits, height);
  const zero = y(0);
  const bar = (i: number) => `M${i} ${zero}V${y(logits[i] ?? 0)}H${i + 1}V${zero}Z`;
  return (only ?? Array.from(logits.keys())).map(bar).join("");
}

/** Height above the box's top edge of a logit: the highest is at 0, the lowest (or zero) at `height`. */
export function spectrumScale(logits: Int32Array, height: number): (logit: number) => number {
  const { lowest, highest } = summarizeLogits(logits);
  const bottom = Math.min(0, lowest);
  const range = Math.max(0, highest) - bottom;
  return (logit) => (range === 0 ? height : Math.round((1 - (logit - bottom) / range) * height * 100) / 100);
}
