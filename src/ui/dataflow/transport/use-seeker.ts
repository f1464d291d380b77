import { useEffect, useMemo, useRef } from "react";
import { useAppStore, useStreamingSession } from "../../app-context";
import type { Seeker } from "./seek";

/** For searches through the cycles; they are given up when the component goes. */
export function useSeeker(): Seeker {
  const store = useAppStore();
  const session = useStreamingSession();
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);
  return useMemo(() => ({ store, session, isGone: () => gone.current }), [store, session]);
}
