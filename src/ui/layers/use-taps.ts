import { useCallback, useEffect } from "react";
import type { LoadedModel } from "../../workers/emulator-api";
import { useAppState, useSession } from "../app-context";

/**
 * Taps all nodes for the result on screen, in one run, so that one moves from layer to layer without
 * waiting. Not the sliding windows: they repeat what is there. Returns the way to try again.
 */
export function useTaps({ nodes }: LoadedModel): () => void {
  const session = useSession();
  const attempt = useAppState((state) => state.outcome?.attempt);
  const tap = useCallback(() => {
    void session.tap(nodes.filter(({ window }) => !window).map(({ name }) => name));
  }, [session, nodes]);
  useEffect(() => {
    if (attempt !== undefined) tap();
  }, [tap, attempt]);
  return tap;
}
