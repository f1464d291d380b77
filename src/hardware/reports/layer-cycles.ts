import type { FoldedGraph } from "../fold-graph";
import { cyclesOf } from "../models";

/** FINN's `estimate_layer_cycles.json`: cycles a frame in the steady state, a node a key. */
export function estimateLayerCycles({ nodes }: FoldedGraph): Readonly<Record<string, number>> {
  return Object.fromEntries(nodes.map((folded) => [folded.node.name, cyclesOf(folded)]));
}
