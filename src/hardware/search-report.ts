import { StreamscopeError } from "../graph/errors";
import type { Board } from "./boards";
import type { FoldingFound } from "./cheapest-folding";
import type { FoldingConfig } from "./folding-config";
import type { Widths } from "./hardware-types";
import type { Resources } from "./model";
import { refolded } from "./refolded-config";

/** What a search for a folding starts from. */
export interface SearchOptions {
  /** Gives memories, multipliers and the like; its PE, SIMD and FIFOs do not count. Default: FINN's defaults. */
  readonly base?: FoldingConfig;
  /** Says what is scarce. Default: U250. */
  readonly board?: Board;
  /** As for `foldGraph`. Default: `from-weights`. */
  readonly widths?: Widths;
}

/** The folding that a search found. */
export interface SearchReport {
  /** Names every node; `foldGraph` takes it. */
  readonly config: FoldingConfig;
  /** Cycles a frame of the slowest node. */
  readonly maxCycles: number;
  /** Frames a second at the search's clock. */
  readonly fps: number;
  /** FINN's estimate with width converters and FIFOs of depth 2. */
  readonly resources: Resources;
}

/** Clock period in ns. */
export function reportOf(found: FoldingFound, base: FoldingConfig, clockNs: number): SearchReport {
  const unfoldings = found.choices.map(({ folded, unfolding }) => [folded.node.name, unfolding] as const);
  return {
    config: refolded(base, new Map(unfoldings)),
    maxCycles: found.maxCycles,
    fps: 1e9 / clockNs / found.maxCycles,
    resources: found.resources,
  };
}

/** Throws `bad-input` unless it is a positive number. */
export function checkPositive(what: string, value: number): void {
  if (value > 0 && Number.isFinite(value)) return;
  throw new StreamscopeError("bad-input", `The ${what} must be a number above 0, not ${value}.`);
}
