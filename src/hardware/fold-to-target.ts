import type { DataflowGraph } from "../graph/dataflow";
import { boards } from "./boards";
import { cheapestFolding, sharesOf } from "./cheapest-folding";
import { fastestFolding, type StoppingNode, stoppingNode } from "./fastest-folding";
import { emptyFolding } from "./folding-config";
import { foldingTable } from "./folding-table";
import { checkPositive, reportOf, type SearchOptions, type SearchReport } from "./search-report";

export interface Target {
  /** Frames a second. */
  readonly fps: number;
  /** Clock period in ns. */
  readonly clockNs: number;
}

export interface FoldToTarget extends SearchReport {
  readonly reached: boolean;
  /** Cycles a frame that the target allows each node. */
  readonly targetCycles: number;
  /** The node because of which the target is not reached; null if it is. */
  readonly stoppedBy: StoppingNode | null;
}

/**
 * The cheapest folding that gives so many frames a second: no node takes more cycles a frame than
 * the target allows. If there is none, the cheapest of the fastest, and the node that stops it.
 *
 * The cost is FINN's estimate of all nodes, width converters and FIFOs, each kind of resource as a
 * share of the board's, added up. Of all foldings that the search may use (`unfoldingsOf`,
 * `canBeBuilt`), none that reaches the target costs less, unless it has more sliding windows that
 * put out a whole window a beat.
 *
 * FINN's SetFolding has the same end, but goes node by node and takes the first PE and SIMD that
 * are fast enough, SIMD first; it does not look at cost, nor at the converters between nodes. Where
 * it keeps SIMD x weight bits within 36, here a stream of weights may be as wide as can be built,
 * as it may in FINN's own folding for the U250. Its target is less than so many cycles, here at most.
 *
 * Throws `bad-input` for a target that is not a positive number, and like `foldGraph` for a base
 * that does not fit the network.
 */
export function foldToTarget(
  graph: DataflowGraph,
  { fps, clockNs }: Target,
  { base = emptyFolding, board = boards.U250, widths = "from-weights" }: SearchOptions = {},
): FoldToTarget {
  checkPositive("target in frames a second", fps);
  checkPositive("clock period in ns", clockNs);
  // Frames a second worked out from whole cycles must come back to these, whatever the rounding.
  const targetCycles = Math.floor(1e9 / (clockNs * fps) + 1e-6);
  const table = foldingTable(graph, base, widths);
  const prices = sharesOf(board.capacity);
  const cheapest = cheapestFolding(table, prices, targetCycles);
  const found = cheapest ?? fastestFolding(table, prices);
  return {
    ...reportOf(found, base, clockNs),
    reached: cheapest !== null,
    targetCycles,
    stoppedBy: cheapest ? null : stoppingNode(table, found),
  };
}
