import { type DataflowGraph, type DataflowNode, mapShape } from "../../graph/dataflow";
import { StreamscopeError } from "../../graph/errors";
import { attributeNames } from "../attributes";
import { type FoldedGraph, foldGraph } from "../fold-graph";
import type { Attributes } from "../folding-config";
import { legalFolding } from "../models";

/** How many foldings `everyFolding` looks at. */
export function countFoldings({ nodes }: DataflowGraph): number {
  return nodes.reduce((product, node) => product * attributesOf(node).length, 1);
}

/**
 * All foldings of a small graph that `foldGraph` takes and that keep FINN's order of unfolding: a
 * whole window a beat only with all channels, several values of a window in a VVAU only with all
 * channels behind such a window.
 */
export function everyFolding(graph: DataflowGraph): FoldedGraph[] {
  let configs: (readonly [string, Attributes])[][] = [[]];
  for (const node of graph.nodes) {
    const own = attributesOf(node).map((attributes) => [node.name, attributes] as const);
    configs = configs.flatMap((config) => own.map((one) => [...config, one]));
  }
  return configs.flatMap((nodes) => {
    try {
      const folded = foldGraph(graph, { defaults: new Map(), nodes: new Map(nodes) });
      return keepsOrder(folded) ? [folded] : [];
    } catch (error) {
      if (error instanceof StreamscopeError) return [];
      throw error;
    }
  });
}

function attributesOf(node: DataflowNode): Attributes[] {
  const { PE, SIMD } = legalFolding(node.kind, node);
  let all: Attributes[] = [{}];
  const spread = (name: string, values: readonly number[]) => {
    all = all.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
  };
  if (PE) spread("PE", PE);
  if (SIMD) spread("SIMD", SIMD);
  if (attributeNames(node).includes("parallel_window") && node.impl === "rtl")
    spread("parallel_window", [0, 1]);
  return all;
}

function keepsOrder({ nodes }: FoldedGraph): boolean {
  return nodes.every((one, i) => {
    const before = nodes[i - 1];
    if (one.kind === "ConvolutionInputGenerator" && one.folding.parallel_window === 1) {
      return one.folding.SIMD === mapShape(one.node.input).channels;
    }
    if (one.kind !== "VVAU" || one.folding.SIMD === 1) return true;
    const whole = before?.kind === "ConvolutionInputGenerator" && before.folding.parallel_window === 1;
    return whole && one.folding.PE === one.node.channels;
  });
}
