import type { Trace } from "../../../simulator/trace";

/** What is counted when one steps: cycles of work, beats taken, beats given. */
export type Counter = "work" | "taken" | "given";

/** Running totals of a machine. Machine i takes from stream i - 1 and gives into stream i. */
export function totalsOf(trace: Trace, machine: number, counter: Counter): Uint32Array | null {
  if (counter === "work") return trace.machines[machine]?.busy ?? null;
  const stream = trace.streams[counter === "taken" ? machine - 1 : machine];
  return (counter === "taken" ? stream?.read : stream?.written) ?? null;
}

/** The number, from 1, of the count to step to from a cycle: the next after it or the last before it. */
export function neighbour(totals: Uint32Array, bin: number, direction: 1 | -1): number {
  return direction === 1 ? (totals[bin + 1] ?? 0) + 1 : (totals[bin] ?? 0);
}
