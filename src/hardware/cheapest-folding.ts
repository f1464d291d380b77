import { total } from "./estimate";
import type { FoldingChoice, FoldingTableNode } from "./folding-table";
import { noResources, type Resources } from "./model";

/** What a search weighs foldings by: a price for one of each primitive. */
export type Prices = Resources;

/** The price of a primitive is its share of what there is; of one there is none of, each costs as much as all. */
export function sharesOf(capacity: Resources): Prices {
  const price = (amount: number) => 1 / Math.max(amount, 1);
  return {
    lut: price(capacity.lut),
    bram18: price(capacity.bram18),
    uram: price(capacity.uram),
    dsp: price(capacity.dsp),
  };
}

/** What these resources cost. */
export function costOf({ lut, bram18, uram, dsp }: Resources, prices: Prices): number {
  return lut * prices.lut + bram18 * prices.bram18 + uram * prices.uram + dsp * prices.dsp;
}

/** A folding of the whole network. */
export interface FoldingFound {
  /** One a node, in stream order. */
  readonly choices: readonly FoldingChoice[];
  /** Of all nodes, width converters and FIFOs. */
  readonly resources: Resources;
  /** Cycles of the slowest node. */
  readonly maxCycles: number;
}

/** The best way to fold the nodes up to one whose folding is given. */
interface Path {
  readonly choice: FoldingChoice;
  readonly before: Path | null;
  /** What stands between this node and the one before. */
  readonly join: Resources;
  /** Sliding windows that put out a whole window a beat. */
  readonly wholeWindows: number;
  readonly cost: number;
}

/**
 * The cheapest of all foldings whose nodes each need at most `maxCycles` a frame, or null where
 * there is none. The cost is that of nodes, width converters and FIFOs. As few sliding windows as
 * possible put out a whole window a beat, for FINN's estimate leaves out the registers that hold
 * it; among equals, the first of the table is taken.
 *
 * A node's cost depends on its own folding, and what stands between two nodes on theirs, so the
 * best way up to each folding of a node follows from those of the node before (Viterbi).
 */
export function cheapestFolding(
  table: readonly FoldingTableNode[],
  prices: Prices,
  maxCycles: number,
): FoldingFound | null {
  let paths: (Path | null)[] = [];
  for (const [i, { choices, joins }] of table.entries()) {
    const reached = paths;
    paths = choices.map((choice, place) => {
      if (choice.cycles > maxCycles) return null;
      const own = {
        choice,
        wholeWindows: choice.unfolding.parallel_window ?? 0,
        cost: costOf(choice.resources, prices),
      };
      if (i === 0) return { ...own, before: null, join: noResources };
      const ways = reached.map((before, from) => {
        const join = joins[from]?.[place];
        if (!before || !join) return null;
        const wholeWindows = before.wholeWindows + own.wholeWindows;
        return { choice, before, join, wholeWindows, cost: before.cost + costOf(join, prices) + own.cost };
      });
      return best(ways);
    });
  }
  const end = best(paths);
  return end && found(end);
}

function best(paths: readonly (Path | null)[]): Path | null {
  return paths.reduce((least, path) => {
    if (!path || !least) return path ?? least;
    const windows = path.wholeWindows - least.wholeWindows;
    return windows < 0 || (windows === 0 && path.cost < least.cost) ? path : least;
  }, null);
}

function found(end: Path): FoldingFound {
  const choices: FoldingChoice[] = [];
  const parts: Resources[] = [];
  for (let path: Path | null = end; path; path = path.before) {
    choices.push(path.choice);
    parts.push(path.choice.resources, path.join);
  }
  return {
    choices: choices.reverse(),
    resources: total(parts),
    maxCycles: Math.max(...choices.map(({ cycles }) => cycles)),
  };
}
