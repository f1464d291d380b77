/** Which cycles to record, and how finely. */
export interface TraceWindow {
  /** Default 0. */
  readonly from?: number;
  /** First cycle that is not recorded any more; default: all. */
  readonly to?: number;
  /** Cycles a bin, from 1. */
  readonly resolution: number;
}

/**
 * What moved when, in bins of `resolution` cycles: bin b covers the cycles from
 * `from + b * resolution` on. Counts are running totals at the edges of the bins, so that the state
 * at any edge, and what happened between two, is read at once. Machines and streams in the order of
 * `Simulation`.
 */
export interface Trace {
  readonly from: number;
  readonly resolution: number;
  readonly bins: number;
  readonly machines: readonly MachineTrace[];
  readonly streams: readonly StreamTrace[];
}

/** `bins + 1` totals each, over the whole simulation up to the start of that bin. */
export interface StreamTrace {
  /** Beats that were put in. */
  readonly written: Uint32Array;
  /** Beats that were taken out; `written - read` is what the stream holds. */
  readonly read: Uint32Array;
}

/** `bins + 1` totals each, in cycles up to the start of that bin; what is left of the time it is starved. */
export interface MachineTrace {
  readonly busy: Uint32Array;
  readonly blocked: Uint32Array;
}
