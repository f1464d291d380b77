import { useMemo } from "react";
import { type Found, seek, seekNext } from "../dataflow/transport/seek";
import { useSeeker } from "../dataflow/transport/use-seeker";
import { type Counter, totalsOf } from "./model/counter";

/** Ways through the cycles by what a machine does. Each moves the cycle that all views share. */
export interface Seek {
  /** To the cycle in which the count becomes n. */
  toCount(machine: number, counter: Counter, n: number): Promise<Found>;
  /** To the next cycle in which it goes up, or the one before. */
  step(machine: number, counter: Counter, direction: 1 | -1): Promise<Found>;
}

export function useSeek(): Seek {
  const seeker = useSeeker();
  return useMemo(
    () => ({
      toCount: (machine, counter, n) => seek(seeker, (trace) => totalsOf(trace, machine, counter), n),
      step: (machine, counter, direction) =>
        seekNext(seeker, (trace) => totalsOf(trace, machine, counter), direction),
    }),
    [seeker],
  );
}
