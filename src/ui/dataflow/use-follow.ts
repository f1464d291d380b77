import { useEffect } from "react";
import { useAppStore, useStreamingSession } from "../app-context";
import { useOpenFolding } from "../folding/use-open-folding";
import { fineSpeed, fineWindow } from "./model/fine-window";

/** How long a cycle has to stand still before its surroundings are fetched at one cycle a bin, in ms. */
const restMs = 150;

/**
 * For views of the simulation: keeps it in step with the design on screen, and fetches the trace of
 * single cycles around the shown one while it stands or plays slowly.
 */
export function useFollow(): void {
  useOpenFolding();
  const store = useAppStore();
  const session = useStreamingSession();
  useEffect(() => session.follow(), [session]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wanted = "";
    const update = () => {
      const { streaming, simulating, cycle, playing, speed } = store.getState();
      // Frames first: single cycles are another simulation, and wait until that is done.
      const isWanted = streaming !== null && simulating === null && (!playing || speed <= fineSpeed);
      const { from, to } = fineWindow(cycle);
      const next = isWanted ? `${from} ${to} ${streaming.simulation.cycles}` : "";
      if (next === wanted) return;
      wanted = next;
      clearTimeout(timer);
      if (isWanted) timer = setTimeout(() => void session.fine(from, to), restMs);
    };
    update();
    const unsubscribe = store.subscribe(update);
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [store, session]);
}
