import { isInserted } from "./fold-graph";
import type { Attributes, FoldingConfig } from "./folding-config";

/** How far a node is unfolded: those of the attributes that its kind has. */
export type Unfolding = Readonly<Partial<Record<"PE" | "SIMD" | "parallel_window", number>>>;

/** What says how far a node is unfolded, and the FIFO depths that were right for that. */
const ofTheFolding = new Set(["PE", "SIMD", "parallel_window", "inFIFODepths", "outFIFODepths"]);

/**
 * What stays of a folding when its nodes are folded anew: memories, multipliers and the like.
 * FIFOs and width converters go: where they stand, their numbers and their widths follow from
 * the folding.
 */
export function withoutFolding({ defaults, nodes }: FoldingConfig): FoldingConfig {
  return {
    defaults: new Map([...defaults].filter(([attribute]) => !ofTheFolding.has(attribute))),
    nodes: new Map(
      [...nodes].filter(([name]) => !isInserted(name)).map(([name, given]) => [name, kept(given)]),
    ),
  };
}

function kept(given: Attributes): Attributes {
  return Object.fromEntries(Object.entries(given).filter(([attribute]) => !ofTheFolding.has(attribute)));
}

/** The base folded anew, in the order of `unfoldings`, which names every node. */
export function refolded(base: FoldingConfig, unfoldings: ReadonlyMap<string, Unfolding>): FoldingConfig {
  const { defaults, nodes } = withoutFolding(base);
  return {
    defaults,
    nodes: new Map([...unfoldings].map(([name, unfolding]) => [name, { ...unfolding, ...nodes.get(name) }])),
  };
}
