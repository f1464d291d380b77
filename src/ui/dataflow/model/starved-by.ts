import type { SteadyState } from "../../../simulator/result";
import type { Trace } from "../../../simulator/trace";
import type { Pipeline, PipelineMachine } from "./pipeline";

/**
 * For whom a machine waits that lacks beats in the steady state: the nearest before it that works meanwhile. One that
 * is never starved itself must be that. Else the trace tells what those before it did in its longest wait.
 *
 * @returns null when neither tells: its waits may be shorter than a bin
 */
export function starvedBy(
  { machines, simulation }: Pipeline,
  { index }: PipelineMachine,
  { fromFrame, interval }: SteadyState,
): PipelineMachine | null {
  const before = machines[index - 1];
  // The frame that the steady state repeats: of the newest not all have told.
  if (before?.report.perFrame[fromFrame - 1]?.starved === 0) return before;
  const { trace, frames } = simulation;
  const end = frames[fromFrame]?.lastOut;
  const wait = trace && end !== undefined ? longestWait(trace, index, end - interval, end) : null;
  if (!trace || !wait) return null;
  const isStarved = (machine: PipelineMachine) => starvedCycles(trace, machine.index, wait) * 2 > wait.cycles;
  return machines.slice(0, index).findLast((machine) => !isStarved(machine)) ?? null;
}

/** From one edge of bins to another. */
interface Stretch {
  readonly begin: number;
  readonly end: number;
  readonly cycles: number;
}

/** The most bins in a row, between two cycles, in which a machine did nothing but starve. */
function longestWait(trace: Trace, machine: number, from: number, to: number): Stretch | null {
  const edge = (cycle: number) => Math.floor((cycle - trace.from) / trace.resolution);
  let longest: Stretch | null = null;
  let begin = Math.max(0, edge(from));
  for (let end = begin + 1; end <= Math.min(trace.bins, edge(to)); end++) {
    const cycles = (end - begin) * trace.resolution;
    if (starvedCycles(trace, machine, { begin, end, cycles }) < cycles) begin = end;
    else if (cycles > (longest?.cycles ?? 0)) longest = { begin, end, cycles };
  }
  return longest;
}

function starvedCycles(trace: Trace, machine: number, { begin, end, cycles }: Stretch): number {
  const { busy, blocked } = trace.machines[machine]!;
  return cycles - (busy[end]! - busy[begin]!) - (blocked[end]! - blocked[begin]!);
}
