import type { StreamingSession } from "../session/streaming-session";
import type { AppState, AppStore } from "../state/store";
import { fineSpeed, fineWindow } from "./model/fine-window";
import { covers } from "./model/moment";

/** What decides whether single cycles are fetched, and which. */
const decisive = ["streaming", "simulating", "fineTrace", "cycle", "playing", "speed"] as const;

/**
 * Fetches the trace of single cycles around the shown one while it stands or plays slowly, until the
 * returned function is called. What fails, or gives way to another wish, is fetched again when
 * anything about it changes.
 *
 * @param restMs how long the cycle has to stand still before
 */
export function followCycle(
  store: AppStore,
  session: Pick<StreamingSession, "fine">,
  restMs: number,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wanted = "";
  let isUnderWay = false;
  const fetch = async (wish: string, from: number, to: number) => {
    await session.fine(from, to);
    if (wanted === wish) isUnderWay = false;
  };
  const update = () => {
    const { streaming, simulating, cycle, playing, speed } = store.getState();
    // Frames first: single cycles are another simulation, and wait until that is done.
    const isWanted = streaming !== null && simulating === null && (!playing || speed <= fineSpeed);
    const { from, to } = fineWindow(cycle);
    const next = isWanted ? `${from} ${to} ${streaming.simulation.cycles}` : "";
    // What was there may be gone again: a search for the next beat fetches other stretches.
    if (next === wanted && (isUnderWay || !isWanted || isCovered(store.getState()))) return;
    wanted = next;
    isUnderWay = isWanted;
    clearTimeout(timer);
    if (isWanted) timer = setTimeout(() => void fetch(next, from, to), restMs);
  };
  update();
  const unsubscribe = store.subscribe((now, before) => {
    if (decisive.some((key) => now[key] !== before[key])) update();
  });
  return () => {
    clearTimeout(timer);
    unsubscribe();
  };
}

function isCovered({ streaming, fineTrace, cycle }: AppState): boolean {
  return fineTrace !== null && fineTrace.design === streaming?.design && covers(fineTrace.trace, cycle);
}
