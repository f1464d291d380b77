import type { Trace } from "../../../simulator/trace";
import type { StreamingSession } from "../../session/streaming-session";
import type { AppStore } from "../../state/store";
import { fineWindow } from "../model/fine-window";
import { covers } from "../model/moment";
import { beatToStepTo, binOfBeat } from "../model/nth-beat";

/** What a search through the cycles needs. */
export interface Seeker {
  readonly store: AppStore;
  readonly session: Pick<StreamingSession, "fine">;
  /** Has the one who asked gone, as when the user left the view? */
  isGone?(): boolean;
}

/** Running totals of what is counted; null where the trace does not have them. */
export type Count = (trace: Trace) => Uint32Array | null;

/**
 * How a search ended: the cycle is on screen; the count never becomes that; or the search was given
 * up, since the cycle or the design changed meanwhile or its single cycles cannot be had.
 */
export type Found = "found" | "never" | "given-up";

/** Shows the cycle in which the count becomes `n`. */
export function seek(seeker: Seeker, count: Count, n: number): Promise<Found> {
  return startedNow(seeker)(count, n);
}

/**
 * Shows the next cycle in which the count goes up, or the last before; with `unit`, the next or last
 * in which it becomes a multiple of that.
 */
export async function seekNeighbour(
  seeker: Seeker,
  count: Count,
  direction: 1 | -1,
  unit = 1,
): Promise<Found> {
  const search = startedNow(seeker);
  const { cycle } = seeker.store.getState();
  const here = await fineTrace(seeker, stillAt(seeker), cycle, cycle + 1);
  return "given-up";
}
