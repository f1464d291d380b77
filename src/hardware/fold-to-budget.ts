import type { DataflowGraph } from "../graph/dataflow";
import { StreamscopeError } from "../graph/errors";
import { boards } from "./boards";
import { cheapestFolding, type FoldingFound, sharesOf } from "./cheapest-folding";
import { atFastestSpeed, type StoppingNode, speedsOf, stoppingNode } from "./fastest-folding";
import { emptyFolding } from "./folding-config";
import { type FoldingTableNode, foldingTable } from "./folding-table";
import type { Resources } from "./model";
import { checkPositive, reportOf, type SearchOptions, type SearchReport } from "./search-report";

export interface BudgetOptions extends SearchOptions {
  /** Clock period in ns. Default: the board's. */
  readonly clockNs?: number;
}

/** The resource that would run out. */
export interface ScarceResource {
  readonly resource: keyof Resources;
  readonly needed: number;
  readonly available: number;
}

export interface FoldToBudget extends SearchReport {
  readonly budget: Resources;
  /** False: not even the smallest folding is within the budget; this is the one nearest to it. */
  readonly fits: boolean;
  /** What the next faster folding, or else the smallest, needs too much of; null if a node stops it. */
  readonly scarce: ScarceResource | null;
  /** The node that no folding makes faster, however large the budget; null if a resource is scarce. */
  readonly stoppedBy: StoppingNode | null;
}

/**
 * The fastest folding within a budget, and of those as fast a cheap one: no node is unfolded
 * further than the slowest needs. What the budget does not name is as much as the board has. The
 * estimate is FINN's, with width converters and FIFOs of depth 2; deeper ones come on top.
 *
 * The search halves the speeds that are left. At each speed it tries the cheapest folding, with
 * prices that rise for what runs out. Where several resources are scarce at once, a slightly faster
 * folding may be missed.
 *
 * Throws `bad-input` for a negative budget, and like `foldToTarget`.
 */
export function foldToBudget(
  graph: DataflowGraph,
  budget: Partial<Resources> = {},
  {
    base = emptyFolding,
    board = boards.U250,
    widths = "from-weights",
    clockNs = board.clockNs,
  }: BudgetOptions = {},
): FoldToBudget {
  checkPositive("clock period in ns", clockNs);
  const available = { ...board.capacity, ...budget };
  refuseNegative(available);
  const table = foldingTable(graph, base, widths);
  // The table has a smallest folding, so without a limit on its speed there is one.
  const smallest = tryWithin(table, available, Number.POSITIVE_INFINITY)!;
  let best = atFastestSpeed(speedsOf(table), (cycles) => {
    const attempt = tryWithin(table, available, cycles);
    return attempt?.scarce === null ? attempt : null;
  });
  const report = ({ found }: Attempt) => ({ ...reportOf(found, base, clockNs), budget: available });
  if (!best) return { ...report(smallest), fits: false, scarce: smallest.scarce, stoppedBy: null };
  let faster = tryWithin(table, available, best.found.maxCycles - 1);
  while (faster?.scarce === null) {
    best = faster;
    faster = tryWithin(table, available, best.found.maxCycles - 1);
  }
  const stoppedBy = faster ? null : stoppingNode(table, best.found);
  return { ...report(best), fits: true, scarce: faster?.scarce ?? null, stoppedBy };
}

interface Attempt {
  readonly found: FoldingFound;
  /** Null: it is within the budget. */
  readonly scarce: ScarceResource | null;
}

/** Changes of the prices before a speed is given up. */
const rounds = 8;

/** The folding of this speed that is nearest to the budget; null if no folding is so fast. */
function tryWithin(table: readonly FoldingTableNode[], budget: Resources, maxCycles: number): Attempt | null {
  let prices = sharesOf(budget);
  let nearest: Attempt | null = null;
  for (let round = 0; round < rounds; round++) {
    const found = cheapestFolding(table, prices, maxCycles);
    if (!found) return null;
    const scarce = scarcest(found.resources, budget);
    if (!scarce) return { found, scarce };
    if (!nearest?.scarce || excess(scarce) < excess(nearest.scarce)) nearest = { found, scarce };
    prices = { ...prices, [scarce.resource]: 2 * prices[scarce.resource] };
  }
  return nearest;
}

const resourceNames = ["lut", "bram18", "uram", "dsp"] as const;

/** What is exceeded most, as a share of what there is; null if all is within the budget. */
function scarcest(used: Resources, budget: Resources): ScarceResource | null {
  const exceeded = resourceNames
    .map((resource) => ({ resource, needed: used[resource], available: budget[resource] }))
    .filter(({ needed, available }) => needed > available);
  return exceeded.reduce<ScarceResource | null>(
    (most, next) => (most && excess(most) >= excess(next) ? most : next),
    null,
  );
}

const excess = ({ needed, available }: ScarceResource): number => needed / available;

function refuseNegative(budget: Resources): void {
  for (const resource of resourceNames) {
    if (budget[resource] >= 0) continue;
    const problem = `The budget has ${budget[resource]} of ${resource}; it must be 0 or more.`;
    throw new StreamscopeError("bad-input", problem);
  }
}
