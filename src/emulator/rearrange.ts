import type {
  ConvolutionInputGenerator,
  DataflowGraph,
  DataflowNode,
  FMPadding,
  IntegerArray,
} from "../graph/dataflow";
import { fmPadding } from "./reference/fm-padding";
import { slidingWindow } from "./reference/sliding-window";

/** Nodes that compute nothing: they put the values they read in another order, with zeros between. */
export type Rearrangement = FMPadding | ConvolutionInputGenerator;

/** Where a node's output comes from in an engine that computes no rearrangements by themselves. */
export interface Origin {
  /** The last node that computes, up to and with the one asked for; null for the graph's input. */
  readonly source: DataflowNode | null;
  /** What the source's output goes through to become the node's. */
  readonly rearrangements: readonly Rearrangement[];
}

/**
 * Engines that fuse padding and sliding windows into the layer behind still answer taps of them:
 * from the source's output, rearranged. Throws RangeError if the graph has no such node.
 */
export function originOf(graph: DataflowGraph, name: string): Origin {
  const rearrangements: Rearrangement[] = [];
  let at = graph.nodes.findIndex((node) => node.name === name);
  if (at < 0) throw new RangeError(`no node ${name}`);
  for (; at >= 0; at--) {
    const node = graph.nodes[at];
    if (node?.kind !== "FMPadding" && node?.kind !== "ConvolutionInputGenerator") break;
    rearrangements.unshift(node);
  }
  return { source: graph.nodes[at] ?? null, rearrangements };
}

/** Values, NHWC, sent through padding and sliding windows in stream order. */
export function rearrange(values: IntegerArray, rearrangements: readonly Rearrangement[]): IntegerArray {
  return rearrangements.reduce(
    (stream, node) => (node.kind === "FMPadding" ? fmPadding(node, stream) : slidingWindow(node, stream)),
    values,
  );
}
