import { readFileSync } from "node:fs";
import type { DataflowGraph } from "../../graph/dataflow";
import { readManifest, readPackage } from "../../graph/package/read";
import { boards } from "../boards";
import { type FoldedGraph, foldGraph } from "../fold-graph";
import type { Widths } from "../hardware-types";
import { mobilenetFoldings } from "../presets";
import { withStandaloneThresholds } from "../standalone-thresholds";

/** The network that the app ships, from its package. */
export function shippedGraph(): DataflowGraph {
  const file = (name: string) =>
    readFileSync(new URL(`../../../public/models/mobilenetv1-w4a4/${name}`, import.meta.url));
  const manifest = readManifest(file("manifest.json").toString("utf8"));
  return readPackage(manifest, file(manifest.binary.file)).graph;
}

/** The network as FINN's example folds it for a board. */
export function foldedFor(board: keyof typeof boards, widths: Widths = "type-bound"): FoldedGraph {
  const graph = shippedGraph();
  const nodes = boards[board].standaloneThresholds ? withStandaloneThresholds(graph) : graph;
  return foldGraph(nodes, mobilenetFoldings[board](), { widths });
}
