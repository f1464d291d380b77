import { StreamscopeError } from "../graph/errors";
import type { Network } from "./network";
import type { TraceWindow } from "./trace";

/** Totals that a trace may hold: 64 MB of them. */
const mostTotals = 2 ** 24;

/** Throws `bad-input` when what was recorded so far is more than one would want to keep. */
export function refuseLargeTrace({ machines, streams, cycles: latest }: Network, window: TraceWindow): void {
  const { from = 0, to = Number.POSITIVE_INFINITY, resolution } = window;
  const cycles = Math.min(to, latest) - from;
  // Two totals a bin for each: busy and blocked, written and read.
  const series = 2 * (machines.length + streams.length);
  if ((cycles / resolution) * series <= mostTotals) return;
  const most = Math.floor(mostTotals / series);
  throw new StreamscopeError(
    "bad-input",
    `A trace of more than ${cycles} cycles, ${resolution} a bin, is too large: this pipeline's may have ${most} bins. ` +
      "Choose a coarser resolution, or a window of fewer cycles.",
    { cycles, resolution, most },
  );
}

/** Is it what `refuseLargeTrace` throws? A coarser resolution helps then. */
export function isLargeTrace(error: unknown): boolean {
  return error instanceof StreamscopeError && error.code === "bad-input" && "most" in error.details;
}

/** Throws `bad-input` when nothing happened in the window. */
export function refuseLateTrace({ from = 0 }: TraceWindow, cycles: number): void {
  if (from < cycles) return;
  throw new StreamscopeError(
    "bad-input",
    `The trace begins with cycle ${from}, but the simulation is through after ${cycles} cycles.`,
  );
}
