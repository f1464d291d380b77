import type { Trace } from "../../../simulator/trace";

/** What a machine does in one cycle, and how far it has come before it, over all frames. */
export interface Moment {
  readonly state: "busy" | "starved" | "blocked";
  /** Cycles in which it was busy before this one. A loop does one step in each. */
  readonly busyBefore: number;
  /** Beats taken and given before this cycle. */
  readonly taken: number;
  readonly given: number;
  /** Does a beat go in, does one come out in this cycle? */
  readonly takes: boolean;
  readonly gives: boolean;
  /** Beats that wait in the stream before it and in the one behind it. */
  readonly waiting: number;
  readonly ahead: number;
}

/**
 * A machine at a cycle, from a trace of one cycle a bin. Machine i takes from stream i - 1 and gives
 * into stream i. Null where the trace does not reach.
 */
export function momentOf(trace: Trace, machine: number, cycle: number): Moment | null {
  const bin = cycle - trace.from;
  if (trace.resolution !== 1 || bin < 0 || bin >= trace.bins) return null;
  const spent = trace.machines[machine];
  const [input, output] = [trace.streams[machine - 1], trace.streams[machine]];
  if (!spent || !input || !output) return null;
  const moved = (totals: Uint32Array) => totals[bin + 1]! > totals[bin]!;
  const isBusy = moved(spent.busy);
  return {
    state: isBusy ? "busy" : moved(spent.blocked) ? "blocked" : "starved",
    busyBefore: spent.busy[bin]!,
    taken: input.read[bin]!,
    given: output.written[bin]!,
    takes: moved(input.read),
    gives: moved(output.written),
    waiting: input.written[bin]! - input.read[bin]!,
    ahead: output.written[bin]! - output.read[bin]!,
  };
}
