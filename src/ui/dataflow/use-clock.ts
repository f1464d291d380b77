import { useEffect } from "react";
import { useAppState, useAppStore } from "../app-context";
import { runClock } from "./run-clock";

/** While it plays: moves the shown cycle on with real time times speed, up to the last cycle. */
export function useClock(): void {
  const store = useAppStore();
  const playing = useAppState((state) => state.playing);
  useEffect(() => (playing ? runClock(store, window) : undefined), [playing, store]);
}
