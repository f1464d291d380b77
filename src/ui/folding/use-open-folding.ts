import { useEffect } from "react";
import { useAppState, useFoldingSession } from "../app-context";

/** For views that show the folding: the first of them opens it, and each follows what a link asks for. */
export function useOpenFolding(): void {
  const session = useFoldingSession();
  const wanted = useAppState((state) => state.wantedFolding);
  const missing = useAppState((state) => state.folding === null);
  useEffect(() => {
    if (wanted || missing) void session.open();
  }, [session, wanted, missing]);
}
