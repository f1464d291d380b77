import { StreamscopeError } from "../graph/errors";
import { finnDepth } from "../hardware/fifo-depths";
import type { FoldedGraph } from "../hardware/fold-graph";
import { type Chain, chainOf } from "./build-network";
import { depthNeeded, type PacedCycles } from "./depth-needed";
import { type PacedSection, runPaced } from "./paced-section";
import { simulate } from "./simulate";
import { Turns } from "./turns";

export interface FifoSizes {
  /** Depth by FINN's FIFO name. */
  readonly depths: ReadonlyMap<string, number>;
  /** The steady interval that they keep. */
  readonly interval: number;
}

export interface SizeFifosOptions {
  /**
   * Which depths a FIFO may have. `finn`, the default: those that FINN gives when it sizes them itself (2,
   * 32, any up to 256, powers of two). They take the same hardware as the depths between, and the
   * beats to spare cover the few that are in flight inside a real node. `exact`: any from 2 on.
   */
  readonly round?: "finn" | "exact";
  readonly signal?: AbortSignal;
  /** Share of the work that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** No FIFO is made shallower: FINN's own are not. */
const FLOOR = 2;

/**
 * The least depths that keep full throughput: the steady interval is that of a pipeline whose FIFOs
 * have no limit, and no FIFO could have its next lower depth, the others as they are, without a
 * longer one. (A depth that 64 frames leave undecided counts as too low.) Other
 * sets of depths are as tight: this one has the FIFOs in front as shallow as can be, then those
 * behind. A FIFO that the folding takes out (depth 0) stays out.
 *
 * From front to back each FIFO gets its least depth, those behind it without limit. As FIFOs behind
 * can only slow down what is before, the depth stays the least. To try one, only the machines around
 * it are simulated, at the pace of full throughput: as many before it as feel it.
 *
 * Throws `aborted`.
 */
export async function sizeFifos(
  folded: FoldedGraph,
  { round = "finn", signal, onProgress }: SizeFifosOptions = {},
): Promise<FifoSizes> {
  const chain = chainOf(folded);
  const pace = await fullInterval(folded, signal);
  const nextDepth = round === "finn" ? finnDepth : (depth: number) => Math.max(FLOOR, depth);
  const sizing = new Sizing(chain, pace, new Turns(signal));
  const depths = new Map<string, number>();
  await sizing.begin();
  for (const [link, { name, isFifo }] of chain.links.entries()) {
    if (isFifo) depths.set(name, await sizing.size(link, nextDepth));
    onProgress?.((link + 1) / chain.links.length);
  }
  return { depths, interval: pace };
}

/** The steady interval with FIFOs that have no limit. */
async function fullInterval(folded: FoldedGraph, signal: AbortSignal | undefined): Promise<number> {
  const fifos = folded.instances.filter(({ kind }) => kind === "StreamingFIFO");
  const depths = new Map(fifos.map(({ name }) => [name, Number.POSITIVE_INFINITY]));
  const { steady } = await simulate(folded, { depths, maxFrames: 64, ...(signal ? { signal } : {}) });
  if (steady) return steady.interval;
  throw new StreamscopeError(
    "bad-input",
    "FIFOs cannot be sized: results do not come at a steady rate even when no FIFO limits it. Put FIFOs where the folding takes them out (depth 0).",
  );
}

/** FIFOs get their depths from front to back; those behind the newest have no limit. */
class Sizing {
  /** Of the FIFOs so far, and of all bare connections. */
  readonly #depths: (number | undefined)[];
  /** When beats are put into each link, with the depths so far. */
  readonly #writes: PacedCycles[] = [];

  constructor(
    private readonly chain: Chain,
    private readonly pace: number,
    private readonly turns: Turns,
  ) {
    this.#depths = chain.links.map(({ isFifo, depth }) => (isFifo ? undefined : depth));
  }

  /** What comes before the first FIFO. */
  async begin(): Promise<void> {
    this.#keep(0, await this.#free(0));
  }

  /** Gives the next FIFO the least depth that keeps the pace; `nextDepth` says which depths it may have. */
  async size(link: number, nextDepth: (atLeast: number) => number): Promise<number> {
    const free = await this.#free(link + 1);
    this.#keep(link + 1, free);
    const depths = depthsUpTo(this.#needed(link, free.reads), nextDepth);
    let [low, high] = [0, depths.length - 1];
    // The shallowest is tried first, because it mostly does; the deepest needs no trial.
    for (let at = 0; low < high; at = Math.floor((low + high) / 2)) {
      const tried = await this.#try(link, depths[at]!);
      if (tried) {
        this.#keep(tried.first, tried.section);
        high = at;
      } else low = at + 1;
    }
    this.#depths[link] = depths[low]!;
    return depths[low]!;
  }

  /**
   * When beats move with a FIFO so deep, in the section that feels it: from machine `first` on, or an
   * earlier one if beats into the section would have to wait. Null if it cannot keep the pace.
   */
  async #try(
    link: number,
    depth: number,
    first = link,
  ): Promise<{ readonly first: number; readonly section: PacedSection } | null> {
    const section = await this.#run(first, link + 1, [...this.#depths.slice(first, link), depth]);
    if (!section) return null;
    const before = this.#depths[first - 1];
    if (before === undefined || this.#needed(first - 1, section.reads) <= before) return { first, section };
    // Twice as many machines.
    return this.#try(link, depth, Math.max(0, 2 * first - link - 1));
  }

  /** Machine `index`, and those that only bare connections join to it, with FIFOs around that have no limit. */
  async #free(index: number): Promise<PacedSection> {
    const section = await this.#run(index, index, []);
    if (!section) throw new RangeError(`machine ${index} alone does not keep the pace of the whole pipeline`);
    return section;
  }

  /** Machines `first` to `last`, with these depths between, and those that only bare connections join to `last`. */
  #run(first: number, last: number, depths: readonly (number | undefined)[]): Promise<PacedSection | null> {
    const { links } = this.chain;
    const joined = links.slice(last).findIndex(({ isFifo }) => isFifo);
    const end = joined < 0 ? links.length : last + joined;
    // A frame lies in memory in whole when the input DMA may begin with it.
    const given = this.#writes[first - 1] ?? new Int32Array(links[0]!.beats).fill(-1);
    const between = [...depths, ...this.#depths.slice(last, end)].map((depth) => depth!);
    return runPaced(this.chain, { first, last: end, pace: this.pace, given, depths: between }, this.turns);
  }

  #keep(first: number, { writes }: PacedSection): void {
    for (const [i, cycles] of writes.entries()) this.#writes[first + i] = cycles;
  }

  /** The depth of a link from which beats are taken at these cycles. */
  #needed(link: number, reads: PacedCycles): number {
    const register = !this.chain.links[link]!.isFifo;
    return depthNeeded(this.#writes[link]!, reads, { pace: this.pace, register });
  }
}

/** All depths that a FIFO may have, up to the first that is enough. */
function depthsUpTo(enough: number, nextDepth: (atLeast: number) => number): number[] {
  const depths = [nextDepth(1)];
  for (let last = depths[0]!; last < enough; depths.push(last)) last = nextDepth(last + 1);
  return depths;
}
