import { useMemo } from "react";
import { useFocus } from "./focus";
import type { Lens } from "./model/lens";
import { livelyLane } from "./model/lively-lane";

/** The lane of a node that is shown large, 0 to `count` - 1: the chosen one, or else a lively one. */
export function useLane({ chain }: Lens, node: number, count: number): number {
  const chosen = useFocus(({ lanes }) => lanes.get(node));
  const folded = chain.nodes[node];
  const lively = useMemo(() => (folded ? livelyLane(folded) : 0), [folded]);
  return Math.min(chosen ?? lively, count - 1);
}
