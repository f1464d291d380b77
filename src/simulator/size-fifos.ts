import type { FoldedGraph } from "../hardware/fold-graph";

export interface FifoSizes {
  /** Depth by FINN's FIFO name. */
  readonly depths: ReadonlyMap<string, number>;
  /** The steady interval that they keep. */
  readonly interval: number;
}

export declare function sizeFifos(
  folded: FoldedGraph,
  options?: { readonly signal?: AbortSignal; readonly onProgress?: (share: number) => void },
): Promise<FifoSizes>;
