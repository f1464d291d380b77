import type { AppStore } from "../state/store";
import { isHeld } from "./model/out-of-date";

/** So long a display may take for a picture, in ms; what is missing after that is not caught up with. */
const longestGapMs = 100;
/** With reduced motion it plays in steps this far apart. */
const stillMs = 700;

/** What is used of the browser's window. */
export type ClockPage = Pick<Window, "requestAnimationFrame" | "cancelAnimationFrame" | "matchMedia"> & {
  readonly document: Pick<Document, "addEventListener" | "removeEventListener">;
};

/**
 * Moves the shown cycle on with real time times speed while it plays, up to the last cycle, until the returned function
 * is called. A hidden tab and a picture that waits for its new simulation hold it, and it goes on from where it was.
 */
export function runClock(store: AppStore, page: ClockPage): () => void {
  const reduced = page.matchMedia("(prefers-reduced-motion: reduce)");
  let request = 0;
  /** When the cycle was moved last; null when time begins anew. */
  let last: number | null = null;
  let exact = store.getState().cycle;
  const tick = (now: number) => {
    request = page.requestAnimationFrame(tick);
    if (last === null || isHeld(store.getState())) {
      last = now;
      return;
    }
    const gap = now - last;
    if (reduced.matches && gap < stillMs) return;
    last = now;
    move(Math.min(gap, reduced.matches ? stillMs : longestGapMs));
  };
  const move = (ms: number) => {
    const { cycle, speed, streaming, simulating, setCycle, setPlaying } = store.getState();
    if (!streaming) return;
    // Someone else moved it.
    if (Math.floor(exact) !== cycle) exact = cycle;
    const end = streaming.simulation.cycles - 1;
    exact = Math.min(end, exact + (speed * ms) / 1000);
    setCycle(exact);
    // At the end of the first frames it waits for more of them.
    if (exact >= end && simulating === null) setPlaying(false);
  };
  const beginAnew = () => {
    last = null;
  };
  page.document.addEventListener("visibilitychange", beginAnew);
  request = page.requestAnimationFrame(tick);
  return () => {
    page.cancelAnimationFrame(request);
    page.document.removeEventListener("visibilitychange", beginAnew);
  };
}
