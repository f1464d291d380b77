import { useEffect } from "react";
import { useAppState, useConstantsSession } from "../app-context";
import { type ConstantsState, constantsOf } from "../state/constants-slice";
import type { BoardName } from "../state/folding-slice";

/** Weights, thresholds and bias of a node, fetched when first looked at; null before that, and for no node. */
export function useConstants(node: string | null, board: BoardName): ConstantsState | null {
  const session = useConstantsSession();
  const loaded = useAppState((state) => state.lastModel?.checksum);
  useEffect(() => {
    if (node !== null && loaded !== undefined) void session.fetch({ node, board });
  }, [session, node, board, loaded]);
  return useAppState((state) => (node === null ? null : constantsOf(state, { node, board })));
}
