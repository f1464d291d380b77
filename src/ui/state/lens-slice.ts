import type { StateCreator } from "zustand";
import type { Folded } from "../../hardware/model";
import type { FoldedDesign } from "./folding-slice";

/** Nodes of a design with their weights and thresholds. */
export interface LensNodes {
  readonly design: FoldedDesign;
  readonly nodes: readonly Folded[];
}

/** The block under the lens. */
export interface LensSlice {
  /** As `blocksOf` names it; a name that the network does not have means its first block. */
  readonly block: string | null;
  /** What was fetched last; it counts only for its own design and nodes. */
  readonly lensNodes: LensNodes | null;
  /** Why they could not be had: a sentence. */
  readonly lensFailure: string | null;
  setBlock(block: string | null): void;
  setLensNodes(nodes: LensNodes): void;
  setLensFailure(sentence: string | null): void;
}

export const lensSlice: StateCreator<LensSlice> = (set) => ({
  block: null,
  lensNodes: null,
  lensFailure: null,
  setBlock: (block) => set({ block }),
  setLensNodes: (lensNodes) => set({ lensNodes, lensFailure: null }),
  setLensFailure: (lensFailure) => set({ lensFailure }),
});
