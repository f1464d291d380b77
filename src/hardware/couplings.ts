import type { DataflowNode } from "../graph/dataflow";

/** What cuts a node's work: output channels side by side, inputs side by side. */
export type FoldingAxis = "PE" | "SIMD";

/** A node and the one of its axes that must equal a neighbour's. */
export interface CoupledAxis {
  readonly node: string;
  readonly axis: FoldingAxis;
}

/**
 * Must the reader's PE be the SIMD of the node before? A depthwise window streams channel fold by
 * channel fold. Who reads it with another fold would get other channels' values, and FINN's width
 * converter between them does not put them in order.
 */
export function isCoupled(window: DataflowNode, reader: DataflowNode): boolean {
  if (window.kind !== "ConvolutionInputGenerator" || !window.depthwise) return false;
  if (reader.kind !== "VVAU" && reader.kind !== "Pool") return false;
  // A window of one pixel has nothing to put in order.
  return window.kernel[0] * window.kernel[1] > 1;
}

/** Axes that can only change together, by node. */
export function couplings(
  nodes: readonly DataflowNode[],
): ReadonlyMap<string, { readonly own: FoldingAxis; readonly other: CoupledAxis }> {
  const pairs = new Map<string, { own: FoldingAxis; other: CoupledAxis }>();
  for (const [i, reader] of nodes.entries()) {
    const window = nodes[i - 1];
    if (!window || !isCoupled(window, reader)) continue;
    pairs.set(window.name, { own: "SIMD", other: { node: reader.name, axis: "PE" } });
    pairs.set(reader.name, { own: "PE", other: { node: window.name, axis: "SIMD" } });
  }
  return pairs;
}
