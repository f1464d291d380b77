import type { Trace } from "../../../simulator/trace";
import type { PipelineMachine } from "./pipeline";

/** Running totals of the beats by which a machine's progress counts. */
export function progressOf({ streams }: Trace, { index, output }: PipelineMachine): Uint32Array {
  return output ? streams[index]!.written : streams[index - 1]!.read;
}

/**
 * The bin in which the n-th beat, from 1, moves; null if that is before or after the trace. `totals`
 * are running totals, bins + 1 of them.
 */
export function binOfBeat(totals: Uint32Array, n: number): number | null {
  let low = 0;
  let high = totals.length - 1;
  if (n <= totals[0]! || n > totals[high]!) return null;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (totals[middle]! < n) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * The beat to step to from a bin of a trace with one cycle a bin: the next that moves after it, or
 * the last that moved before it; with `unit` beats a row, the last beat of a row. 0 is the start.
 */
export function beatToStepTo(totals: Uint32Array, bin: number, direction: 1 | -1, unit = 1): number {
  if (direction === 1) return (Math.floor(totals[bin + 1]! / unit) + 1) * unit;
  return Math.floor(totals[bin]! / unit) * unit;
}
