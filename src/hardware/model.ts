import type { NodeKind, NodeOf } from "../graph/dataflow";
import type { DataType } from "../graph/datatype";
import type { FoldingOf } from "./attributes";

/** A node with its folding. Its streams and weights have the types the hardware has (`hardware-types.ts`). */
export type Folded<K extends NodeKind = NodeKind> = {
  [P in K]: {
    readonly kind: P;
    readonly node: NodeOf<P>;
    readonly folding: FoldingOf[P];
    /** Of the sums in MVAU and VVAU; null for other kinds. */
    readonly accumulator: DataType | null;
  };
}[K];

/** Primitives of the FPGA, as FINN estimates them before synthesis. */
export interface Resources {
  readonly lut: number;
  /** Block RAMs of 18 Kbit. */
  readonly bram18: number;
  readonly uram: number;
  readonly dsp: number;
}

/** How full a node's block RAMs and UltraRAMs are with weights, 0 to 1; FINN says 1 where it counts none. */
export interface MemoryEfficiency {
  readonly bram18: number;
  readonly uram: number;
}

export const noResources: Resources = { lut: 0, bram18: 0, uram: 0, dsp: 0 };

/** The values a node's PE and SIMD may have, ascending; a node without one of them lacks the key. */
export interface LegalFolding {
  readonly PE?: readonly number[];
  readonly SIMD?: readonly number[];
}

/**
 * What a node kind costs and how its streams are cut into beats. A beat is the last dimension of
 * a folded shape; the product of the others is the number of beats a frame.
 */
export interface HardwareModel<K extends NodeKind> {
  legal(node: NodeOf<K>): LegalFolding;
  foldedInput(folded: Folded<K>): readonly number[];
  foldedOutput(folded: Folded<K>): readonly number[];
  /** Cycles a frame in the steady state. FINN: get_exp_cycles. */
  cycles(folded: Folded<K>): number;
  /** FINN: lut_, bram_, uram_ and dsp_estimation. */
  resources(folded: Folded<K>): Resources;
  /** FINN: bram_ and uram_efficiency_estimation; kinds without weights lack it. */
  efficiency?(folded: Folded<K>): MemoryEfficiency;
}

/** All divisors, ascending: the ways to fold `size` values. */
export function divisors(size: number): number[] {
  const found: number[] = [];
  for (let d = 1; d <= size; d++) if (size % d === 0) found.push(d);
  return found;
}
