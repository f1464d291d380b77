import type { StreamingSession } from "../session/streaming-session";
import { shownDesign } from "../state/folding-slice";
import type { AppState, AppStore } from "../state/store";
import { fineSpeed, fineWindow } from "./model/fine-window";
import { covers } from "./model/moment";

/** What decides whether single cycles are fetched, and which. */
const decisive = [
  "streaming",
  "simulating",
  "fineTrace",
  "cycle",
  "playing",
  "speed",
  "folding",
  "wantedFolding",
] as const;

/**
 * Fetches the trace of single cycles around the shown one while it stands or plays slowly, until the
 * returned function is called. What fails, or gives way to another wish, is fetched again when
 * anything about it changes. A cycle that a link asked of a simulation that could not be had is held
 * within the one that is there.
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
    const state = store.getState();
    const { streaming, simulating, cycle, playing, speed } = state;
    const isThere = streaming !== null && cycle < streaming.simulation.cycles;
    if (streaming && !isThere && isSettled(state)) {
      state.setCycle(cycle);
      return;
    }
    // Frames first: single cycles are another simulation, and wait until that is done.
    const isWanted = isThere && simulating === null && (!playing || speed <= fineSpeed);
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

/** Is no other simulation to come? */
function isSettled(state: AppState): boolean {
  const { streaming, simulating, wantedFolding } = state;
  return simulating === null && wantedFolding === null && streaming?.design === shownDesign(state);
}

function isCovered({ streaming, fineTrace, cycle }: AppState): boolean {
  return fineTrace !== null && fineTrace.design === streaming?.design && covers(fineTrace.trace, cycle);
}
