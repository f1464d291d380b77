import { cheapestFolding, type FoldingFound, type Prices } from "./cheapest-folding";
import type { FoldingTableNode } from "./folding-table";
import { noResources } from "./model";
import { maxStreamBits } from "./unfoldings";
import { whyNoFaster } from "./why-no-faster";

/** The node that keeps a network from being faster. */
export interface StoppingNode {
  readonly name: string;
  /** The fewest cycles a frame that it can have. */
  readonly cycles: number;
  /** Why it cannot have fewer: a sentence. */
  readonly reason: string;
}

/** The speeds that foldings give a network, in cycles a frame, the fastest first. */
export function speedsOf(table: readonly FoldingTableNode[]): number[] {
  const cycles = table.flatMap(({ choices }) => choices.map((choice) => choice.cycles));
  return [...new Set(cycles)].sort((a, b) => a - b);
}

/** What `attempt` gives at the fastest speed at which it gives anything; if it does at one, so it does at slower ones. */
export function atFastestSpeed<T>(
  speeds: readonly number[],
  attempt: (cycles: number) => T | null,
): T | null {
  let [from, to] = [0, speeds.length];
  let best: T | null = null;
  while (from < to) {
    const middle = (from + to) >> 1;
    const result = attempt(speeds[middle] ?? 0);
    if (result === null) {
      from = middle + 1;
    } else {
      best = result;
      to = middle;
    }
  }
  return best;
}

/** Of a network's fastest foldings the cheapest. */
export function fastestFolding(table: readonly FoldingTableNode[], prices: Prices): FoldingFound {
  // The table has a smallest folding, so there is a speed at which there is one.
  return atFastestSpeed(speedsOf(table), (cycles) => cheapestFolding(table, prices, cycles))!;
}

/** The node because of which the fastest folding is not faster. */
export function stoppingNode(
  table: readonly FoldingTableNode[],
  { choices, maxCycles }: FoldingFound,
): StoppingNode {
  const slowest = choices.flatMap(({ cycles }, i) => (cycles === maxCycles ? [i] : []));
  const stops = slowest.find((i) => !canBeFaster(table, i, maxCycles)) ?? slowest[0] ?? 0;
  // The table has a node for each choice.
  const { name, fewestCycles } = table[stops]!;
  const reason =
    fewestCycles < maxCycles
      ? `With more side by side, a stream of it or of its neighbour would be wider than ${maxStreamBits} bits, the widest that Vitis HLS builds.`
      : whyNoFaster(choices[stops]!.folded);
  return { name, cycles: maxCycles, reason };
}

/** Could this node alone be faster, were all others as slow as they like? */
function canBeFaster(table: readonly FoldingTableNode[], at: number, cycles: number): boolean {
  const faster = table.map((node, i) => {
    if (i !== at) return node;
    const choices = node.choices.map((one) => (one.cycles < cycles ? one : { ...one, cycles: Infinity }));
    return { ...node, choices };
  });
  return cheapestFolding(faster, noResources, Number.MAX_VALUE) !== null;
}
