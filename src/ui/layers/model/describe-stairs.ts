import { formatInteger } from "../../kit/format";
import { percent } from "./percent";

/** The staircase in words, and how this photo's accumulators fall on it. */
export function describeStairs(
  thresholds: readonly number[],
  actVal: number,
  accumulators: Int32Array | null,
): string {
  const [first] = thresholds;
  const last = thresholds.at(-1);
  if (first === undefined || last === undefined) return "There are none.";
  const stairs = `${thresholds.length} thresholds from ${formatInteger(first)} to ${formatInteger(last)}: the output is ${formatInteger(actVal)} below the first and ${formatInteger(actVal + thresholds.length)} from the last on.`;
  if (!accumulators || accumulators.length === 0) return stairs;
  let [below, above] = [0, 0];
  for (const sum of accumulators) {
    if (sum < first) below++;
    if (sum >= last) above++;
  }
  return `${stairs} For this photo ${percent(below / accumulators.length)} of the accumulators are below the first, ${percent(above / accumulators.length)} reach the last.`;
}
