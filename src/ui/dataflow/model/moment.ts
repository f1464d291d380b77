import type { Trace } from "../../../simulator/trace";
import type { FineTrace, Streaming } from "../../state/streaming-slice";

/** A stretch of cycles that a picture shows, in the trace that tells most of it. */
export interface Moment {
  readonly trace: Trace;
  /** Edge of the trace's bins at which what is held and done is read: the start of the shown cycle's bin. */
  readonly at: number;
  /** Edges between which states are counted. */
  readonly begin: number;
  readonly end: number;
  /** The same in cycles. */
  readonly atCycle: number;
  readonly from: number;
  readonly to: number;
  /** Is it the very cycle, and not a bin around it? */
  readonly isExact: boolean;
}

/**
 * The moment of a cycle: that one cycle where a fine trace of the design has it, else its bin.
 * A picture that is drawn while it plays covers the last `span` cycles, so that nothing that
 * happened between two pictures is lost.
 */
export function momentOf(
  { design, simulation: { trace } }: Streaming,
  fine: FineTrace | null,
  cycle: number,
  span = 1,
): Moment | null {
  const isCovered = fine && fine.design === design && covers(fine.trace, cycle) && span < fine.trace.bins;
  const used = isCovered ? fine.trace : trace;
  if (!used || used.bins === 0) return null;
  const edge = (of: number) =>
    Math.min(used.bins - 1, Math.max(0, Math.floor((of - used.from) / used.resolution)));
  const at = edge(cycle);
  const begin = edge(cycle - span + 1);
  const cycleOf = (bin: number) => used.from + bin * used.resolution;
  return {
    trace: used,
    at,
    begin,
    end: at + 1,
    atCycle: cycleOf(at),
    from: cycleOf(begin),
    to: cycleOf(at + 1),
    isExact: used.resolution === 1 && span === 1,
  };
}

/** Does a trace tell of this cycle? */
export function covers({ from, bins, resolution }: Trace, cycle: number): boolean {
  return cycle >= from && cycle < from + bins * resolution;
}
