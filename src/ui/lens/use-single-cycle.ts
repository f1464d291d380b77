import { useState } from "react";
import type { Trace } from "../../simulator/trace";
import { useAppState } from "../app-context";
import { covers } from "../dataflow/model/moment";
import { useCycle } from "../dataflow/use-cycle";
import type { FoldedDesign } from "../state/folding-slice";

/** A cycle and the trace that tells of it, a cycle a bin. */
export interface SingleCycle {
  readonly design: FoldedDesign;
  readonly trace: Trace;
  readonly cycle: number;
  /** False while the trace of the cycle asked for is still to come: then this is one shown before. */
  readonly isCurrent: boolean;
}

/** How often the numbers change while it plays, in ms: faster than that nobody reads them. */
const readMs = 120;

/** The cycle on screen; the one before it until its trace is there, and null before the first. */
export function useSingleCycle(design: FoldedDesign): SingleCycle | null {
  const cycle = useCycle(readMs);
  const fine = useAppState((state) => state.fineTrace);
  const [last, setLast] = useState<SingleCycle | null>(null);
  const isThere = fine?.design === design && covers(fine.trace, cycle);
  if (isThere && (last?.cycle !== cycle || last.trace !== fine.trace || last.design !== design)) {
    const next = { design, trace: fine.trace, cycle, isCurrent: true };
    setLast(next);
    return next;
  }
  return last?.design === design ? { ...last, isCurrent: isThere } : null;
}
