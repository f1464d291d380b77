import type { DataflowGraph } from "../graph/dataflow";
import { badFolding } from "./bad-folding";
import { instanceResources, total } from "./estimate";
import { foldGraph } from "./fold-graph";
import type { FoldingConfig } from "./folding-config";
import type { Widths } from "./hardware-types";
import { hardwareInstances } from "./instances";
import { type Folded, noResources, type Resources } from "./model";
import { cyclesOf, foldedInput, foldedOutput, resourcesOf } from "./models";
import { type Unfolding, withoutFolding } from "./refolded-config";
import { canBeBuilt, goTogether, maxStreamBits, unfold, unfoldingsOf } from "./unfoldings";

/** One way to fold a node. */
export interface FoldingChoice {
  readonly unfolding: Unfolding;
  readonly folded: Folded;
  /** Cycles a frame. */
  readonly cycles: number;
  /** Of the node; at an end of the graph with the FIFO to the outside. */
  readonly resources: Resources;
}

/** A node, all ways to fold it, and what each costs beside each way to fold the node before. */
export interface FoldingTableNode {
  readonly name: string;
  readonly choices: readonly FoldingChoice[];
  /**
   * Width converter and FIFOs between the node before and this one: `joins[choice before][choice]`;
   * null where the two do not go together. Empty for the first node.
   */
  readonly joins: readonly (readonly (Resources | null)[])[];
  /** The fewest cycles that any folding has, also one whose streams are too wide to be built. */
  readonly fewestCycles: number;
}

/**
 * Cycles and resources of every folding of every node, worked out once for a search. The sum of
 * a folding's choices and joins is what `allResources` says of it when all FIFOs have FINN's
 * default depth. Throws `bad-input` like `foldGraph`, and for a node whose streams are too wide to be built.
 */
export function foldingTable(graph: DataflowGraph, base: FoldingConfig, widths: Widths): FoldingTableNode[] {
  const { nodes } = foldGraph(graph, withoutFolding(base), { widths });
  const table: FoldingTableNode[] = [];
  for (const [i, smallest] of nodes.entries()) {
    const ways = unfoldingsOf(smallest).map((unfolding) => {
      const folded = unfold(smallest, unfolding);
      return { unfolding, folded, cycles: cyclesOf(folded) };
    });
    const choices = ways
      .filter(({ folded }) => canBeBuilt(folded))
      .map((way) => {
        const [before = noResources, after = noResources] = gaps([way.folded]);
        const outside = [...(i === 0 ? [before] : []), ...(i === nodes.length - 1 ? [after] : [])];
        return { ...way, resources: total([resourcesOf(way.folded), ...outside]) };
      });
    if (choices.length === 0) {
      const problem = `its streams are wider than ${maxStreamBits} bits in any folding, the widest that Vitis HLS builds.`;
      throw badFolding(smallest.node.name, problem);
    }
    table.push({
      name: smallest.node.name,
      choices,
      joins: joinsOf(table.at(-1)?.choices ?? [], choices),
      fewestCycles: Math.min(...ways.map(({ cycles }) => cycles)),
    });
  }
  return table;
}

/** What stands between two nodes depends on their beats only, so each pair of beats is costed once. */
function joinsOf(before: readonly FoldingChoice[], after: readonly FoldingChoice[]): (Resources | null)[][] {
  const known = new Map<string, Resources>();
  return before.map(({ folded: from }) => {
    const lanesOut = foldedOutput(from).at(-1);
    return after.map(({ folded: to }) => {
      if (!goTogether(from, to)) return null;
      const key = `${lanesOut} ${foldedInput(to).at(-1)}`;
      const join = known.get(key) ?? gaps([from, to])[1] ?? noResources;
      known.set(key, join);
      return join;
    });
  });
}

/** Resources of what FINN puts before, between and after these nodes: one more than there are nodes. */
function gaps(nodes: readonly Folded[]): Resources[] {
  const sums = [noResources];
  for (const instance of hardwareInstances(nodes, new Map())) {
    if (instance.kind === "node") sums.push(noResources);
    else sums.push(total([sums.pop() ?? noResources, instanceResources(instance)]));
  }
  return sums;
}
