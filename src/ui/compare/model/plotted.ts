import type { FrameRecord } from "./comparison";
import type { LatencyPart } from "./latency-parts";

/** So many of the newest frames are plotted and summed up. */
export const plottedFrames = 600;

/**
 * Columns for a plot: seconds since 1970, then milliseconds of each part; null where a part was not
 * measured. Of two frames taken at one time the second is moved on by a microsecond: a plot's
 * times must grow.
 */
export function plottedColumns(
  records: readonly FrameRecord[],
  parts: readonly LatencyPart[],
): [times: number[], ...values: (number | null)[][]] {
  const times: number[] = [];
  for (const { takenAt } of records) {
    const before = times.at(-1) ?? Number.NEGATIVE_INFINITY;
    times.push(Math.max(takenAt / 1000, before + 1e-6));
  }
  return [times, ...parts.map(({ of }) => records.map(of))];
}
