/** A scale from 0 to a round number of at least `max`, with a few round ticks. */
export interface NiceScale {
  readonly top: number;
  /** Ascending, 0 and `top` among them. */
  readonly ticks: readonly number[];
}

export function niceScale(max: number): NiceScale {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, max) / 4));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => max <= 4 * size) ?? 10 * power;
  const count = Math.max(1, Math.ceil(max / step));
  return { top: count * step, ticks: Array.from({ length: count + 1 }, (_, i) => i * step) };
}
