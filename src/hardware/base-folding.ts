import type { DataflowGraph } from "../graph/dataflow";
import { StreamscopeError } from "../graph/errors";
import type { Board } from "./boards";
import { foldGraph } from "./fold-graph";
import { foldToTarget } from "./fold-to-target";
import type { FoldingConfig } from "./folding-config";
import { mobilenetFoldings } from "./presets";

/** The folding that one begins with for a network and a board. */
export interface BaseFolding {
  readonly config: FoldingConfig;
  /** Is it FINN's own for the board? Else it was worked out for `baseFps`. */
  readonly preset: boolean;
}

/** The rate, in frames a second, that networks without a folding of FINN's begin with. */
export const baseFps = 1000;

/**
 * FINN's folding of MobileNet-v1 where the network can have it; else the cheapest folding that gives
 * `baseFps`, or the fastest if none does. `graph` is the network as it is built for the board.
 */
export function baseFolding(graph: DataflowGraph, board: Board): BaseFolding {
  const config = mobilenetFoldings[board.name]();
  if (canHave(graph, config)) return { config, preset: true };
  const found = foldToTarget(graph, { fps: baseFps, clockNs: board.clockNs }, { board });
  return { config: found.config, preset: false };
}

/** Names, counts and divisors all have to fit; FINN leaves no node of its network unsaid. */
function canHave(graph: DataflowGraph, config: FoldingConfig): boolean {
  if (!graph.nodes.every(({ name }) => config.nodes.has(name))) return false;
  try {
    foldGraph(graph, config);
    return true;
  } catch (error) {
    if (error instanceof StreamscopeError && error.code === "bad-input") return false;
    throw error;
  }
}
