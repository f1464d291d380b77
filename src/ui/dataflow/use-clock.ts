import { useEffect } from "react";
import { useAppState, useAppStore } from "../app-context";

/** After a pause of the display, such as a hidden tab, it goes on from where it was. */
const longestGapMs = 100;
/** With reduced motion it plays in steps this far apart. */
const stillMs = 700;

/** While it plays: moves the shown cycle on with real time times speed, up to the last cycle. */
export function useClock(): void {
  const store = useAppStore();
  const playing = useAppState((state) => state.playing);
  useEffect(() => {
    if (!playing) return;
    const reduced = matchMedia("(prefers-reduced-motion: reduce)");
    let request = 0;
    let last = performance.now();
    let exact = store.getState().cycle;
    const tick = (now: number) => {
      request = requestAnimationFrame(tick);
      const { cycle, speed, streaming, setCycle, setPlaying } = store.getState();
      const gap = now - last;
      if (reduced.matches && gap < stillMs) return;
      last = now;
      // Someone else moved it.
      if (Math.floor(exact) !== cycle) exact = cycle;
      exact += (speed * Math.min(gap, reduced.matches ? stillMs : longestGapMs)) / 1000;
      setCycle(exact);
      if (!streaming || exact >= streaming.simulation.cycles - 1) setPlaying(false);
    };
    request = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(request);
  }, [playing, store]);
}
