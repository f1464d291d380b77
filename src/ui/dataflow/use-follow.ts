import { useEffect } from "react";
import { useAppStore, useStreamingSession } from "../app-context";
import { useOpenFolding } from "../folding/use-open-folding";
import { followCycle } from "./follow-cycle";

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
  useEffect(() => followCycle(store, session, restMs), [store, session]);
}
