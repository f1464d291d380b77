/**
 * Frames a second of answers that came at these times: milliseconds, in order. Null for fewer than
 * two, and for none apart.
 */
export function rateOf(times: readonly number[]): number | null {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined || last <= first) return null;
  return ((times.length - 1) / (last - first)) * 1000;
}
