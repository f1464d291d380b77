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
 * up, because a newer one began, the cycle or the design changed meanwhile or its single cycles could
 * not be had.
 */
export type Found = "found" | "never" | "given-up";

/** The search under way in a store: the newest, for which others are given up. */
const newest = new WeakMap<AppStore, symbol>();

/** Is a search under way? */
export function isSeeking(store: AppStore): boolean {
  return newest.has(store);
}

/** Shows the cycle in which the count becomes `n`: found roughly in the coarse trace, then exactly. */
export function seek(seeker: Seeker, count: Count, n: number): Promise<Found> {
  return search(seeker, (isValid) => find(seeker, isValid, count, n));
}

/**
 * Shows the next cycle in which the count goes up, or the last one before; with `unit`, in which it
 * becomes a multiple of that.
 */
export function seekNext(seeker: Seeker, count: Count, direction: 1 | -1, unit = 1): Promise<Found> {
  const { cycle } = seeker.store.getState();
  return search(seeker, async (isValid) => {
    const here = await singleCycles(seeker, isValid, cycle, cycle + 1);
    if (!here) return "given-up";
    const totals = count(here);
    return totals
      ? find(seeker, isValid, count, beatToStepTo(totals, cycle - here.from, direction, unit))
      : "never";
  });
}

/** Takes the place of the search under way, if there is one. */
async function search(seeker: Seeker, run: (isValid: () => boolean) => Promise<Found>): Promise<Found> {
  const { store } = seeker;
  const own = Symbol();
  newest.set(store, own);
  const isUnmoved = stays(seeker);
  try {
    return await run(() => newest.get(store) === own && isUnmoved());
  } finally {
    if (newest.get(store) === own) newest.delete(store);
  }
}

async function find(seeker: Seeker, isValid: () => boolean, count: Count, n: number): Promise<Found> {
  const { streaming, fineTrace, setCycle } = seeker.store.getState();
  if (!streaming) return "given-up";
  const atHand = fineTrace?.design === streaming.design ? fineTrace.trace : null;
  const near = atHand && binIn(atHand, count, n);
  if (atHand && near !== null) {
    setCycle(atHand.from + near);
    return "found";
  }
  const { trace } = streaming.simulation;
  const bin = trace && binIn(trace, count, n);
  if (!trace || bin === null) return "never";
  const begin = trace.from + bin * trace.resolution;
  const there = await singleCycles(seeker, isValid, begin, begin + trace.resolution);
  if (!there) return "given-up";
  const exact = binIn(there, count, n);
  if (exact === null) return "never";
  setCycle(there.from + exact);
  return "found";
}

/** Tells whether there is a design, and it and the cycle are still those of now: else what is found is of no use. */
function stays({ store, isGone }: Seeker): () => boolean {
  const { cycle, streaming } = store.getState();
  return () => {
    const now = store.getState();
    const isSame = now.cycle === cycle && now.streaming?.design === streaming?.design;
    return isSame && now.streaming !== null && !isGone?.();
  };
}

/** The trace of single cycles from `from` to before `to`; null if the search is to be given up. */
async function singleCycles(
  { store, session }: Seeker,
  isValid: () => boolean,
  from: number,
  to: number,
): Promise<Trace | null> {
  const atHand = () => {
    const { streaming, fineTrace } = store.getState();
    if (!streaming || fineTrace?.design !== streaming.design) return null;
    const last = Math.min(to, streaming.simulation.cycles) - 1;
    return covers(fineTrace.trace, from) && covers(fineTrace.trace, last) ? fineTrace.trace : null;
  };
  const window = fineWindow(from, to);
  // Another wish for single cycles may take the place of this one, which is then made again.
  for (let tries = 0; tries < 2 && !atHand() && isValid(); tries++) {
    await session.fine(window.from, window.to);
  }
  return isValid() ? atHand() : null;
}

function binIn(trace: Trace, count: Count, n: number): number | null {
  const totals = count(trace);
  return totals && binOfBeat(totals, n);
}
