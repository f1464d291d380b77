import type { Trace } from "../../../simulator/trace";

/** What is counted when one steps: cycles of work, beats taken, beats given. */
export type Counter = "work" | "taken" | "given";

/** Running totals of a machine. Machine i takes from stream i - 1 and gives into stream i. */
export function totalsOf(trace: Trace, machine: number, counter: Counter): Uint32Array | null {
  if (counter === "work") return trace.machines[machine]?.busy ?? null;
  const stream = trace.streams[counter === "taken" ? machine - 1 : machine];
  return (counter === "taken" ? stream?.read : stream?.written) ?? null;
}
