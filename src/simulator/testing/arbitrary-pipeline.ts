import { type Arbitrary, array, integer, oneof, tuple } from "fast-check";
import type { DataflowGraph } from "../../graph/dataflow";
import { type FoldedGraph, foldGraph } from "../../hardware/fold-graph";
import type { FoldingConfig } from "../../hardware/folding-config";
import { insertedNames } from "../../hardware/instances";
import { legalFoldings } from "../../hardware/testing/legal-foldings";
import { arbitraryGraphs } from "./arbitrary-graph";

/** More FIFOs than the largest of the graphs has with all its width converters. */
const mostFifos = 32;
const depths = array(oneof(integer({ min: 0, max: 3 }), integer({ min: 0, max: 40 })), {
  minLength: mostFifos,
  maxLength: mostFifos,
});

/** Small folded graphs, each FIFO with a depth of 0 (none) to 40. */
export const arbitraryPipelines: Arbitrary<FoldedGraph> = arbitraryGraphs.chain((graph) =>
  tuple(legalFoldings(graph), depths).map(([config, deep]) => foldWith(graph, config, deep)),
);

/** Folded, with FIFOs as deep as said, in stream order. */
function foldWith(graph: DataflowGraph, { nodes, ...config }: FoldingConfig, deep: readonly number[]) {
  const ofNodes = new Map(graph.nodes.map(({ name }) => [name, nodes.get(name) ?? {}]));
  const names = insertedNames(foldGraph(graph, { ...config, nodes: ofNodes }).nodes).fifos;
  const ofFifos = [...names].map((name, edge) => [name, { depth: deep[edge] ?? 2 }] as const);
  return foldGraph(graph, { ...config, nodes: new Map([...ofNodes, ...ofFifos]) });
}
