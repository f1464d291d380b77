import { useEffect, useState } from "react";
import { useAppStore } from "../app-context";

/** The cycle on screen, for text: while it plays, anew only every so many milliseconds. */
export function useCycle(everyMs: number): number {
  const store = useAppStore();
  const [cycle, setCycle] = useState(() => store.getState().cycle);
  useEffect(() => {
    let last = 0;
    const update = () => {
      const { cycle, playing } = store.getState();
      const now = performance.now();
      if (playing && now - last < everyMs) return;
      last = now;
      setCycle(cycle);
    };
    update();
    return store.subscribe(update);
  }, [store, everyMs]);
  return cycle;
}
