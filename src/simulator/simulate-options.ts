import { StreamscopeError } from "../graph/errors";
import type { TraceWindow } from "./trace";

export interface SimulateOptions {
  /** Frames to send in, one right after the other; default: until the pipeline is steady. */
  readonly frames?: number | "until-steady";
  /** With `until-steady`: give up after so many. Default 16. */
  readonly maxFrames?: number;
  readonly trace?: TraceWindow;
  /** Depths that count in place of the folding's, by FINN's name of the FIFO; Infinity has no limit. */
  readonly depths?: ReadonlyMap<string, number>;
  readonly signal?: AbortSignal;
  /** Share of the work that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Throws `bad-input` for numbers that mean nothing. */
export function checkOptions({ frames, maxFrames, trace, depths }: SimulateOptions): void {
  if (frames !== "until-steady") refuseUnlessWhole("The number of frames", frames, 1);
  refuseUnlessWhole("The most frames to wait for a steady state", maxFrames, 1);
  if (trace) {
    const { from = 0, to, resolution } = trace;
    refuseUnlessWhole("The trace's resolution in cycles", resolution, 1);
    refuseUnlessWhole("The trace's first cycle", from, 0);
    if (to !== Number.POSITIVE_INFINITY) refuseUnlessWhole("The cycle where the trace ends", to, from + 1);
  }
  for (const [fifo, depth] of depths ?? []) {
    if (depth !== Number.POSITIVE_INFINITY) refuseUnlessWhole(`The depth of ${fifo}`, depth, 0);
  }
}

function refuseUnlessWhole(what: string, value: number | undefined, least: number): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= least)) return;
  throw new StreamscopeError(
    "bad-input",
    `${what} must be a whole number from ${least} on, but it is ${value}.`,
  );
}
