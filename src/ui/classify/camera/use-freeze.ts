import { useCallback } from "react";
import { useAppState, useLiveSession } from "../../app-context";
import { toFailure } from "../../session/failure";

/** Freezes the newest answered frame; what is in the way is shown beside the pictures. */
export function useFreeze(): () => void {
  const live = useLiveSession();
  const refuse = useAppState((state) => state.refuse);
  return useCallback(() => void live.freeze().catch((error) => refuse(toFailure(error))), [live, refuse]);
}
