import type { DataflowGraph } from "../../../../graph/dataflow";
import { isCoupled } from "../../../../hardware/couplings";
import type { Attributes, FoldingConfig } from "../../../../hardware/folding-config";
import { legalFolding } from "../../../../hardware/models";

/** A legal folding of a graph; `pick` chooses one of several values. */
export function randomFolding(
  graph: DataflowGraph,
  pick: (values: readonly number[]) => number,
): FoldingConfig {
  const nodes = new Map<string, Attributes>();
  for (const [i, node] of graph.nodes.entries()) {
    const { PE, SIMD } = legalFolding(node.kind, node);
    const before = graph.nodes[i - 1];
    const coupled = before && isCoupled(before, node);
    const width = before && nodes.get(before.name)?.SIMD;
    nodes.set(node.name, {
      ...(SIMD ? { SIMD: pick(SIMD) } : {}),
      ...(PE ? { PE: coupled && typeof width === "number" ? width : pick(PE) } : {}),
      ...(node.kind === "ConvolutionInputGenerator" && node.depthwise && node.impl === "rtl"
        ? { parallel_window: pick([0, 1]) }
        : {}),
    });
  }
  return { defaults: new Map(), nodes };
}
