import type { FoldedGraph } from "../../src/hardware/fold-graph";
import { writeFoldingFile } from "../../src/hardware/folding-file";
import { foldingConfigOf } from "../../src/hardware/reports/folding-config-of";
import { estimateLayerCycles } from "../../src/hardware/reports/layer-cycles";
import { estimateLayerResources } from "../../src/hardware/reports/layer-resources";
import { estimateNetworkPerformance } from "../../src/hardware/reports/network-performance";
import { opAndParamCounts } from "../../src/hardware/reports/op-and-param-counts";
import type { SimulatedPerformance } from "./simulated-performance";

/**
 * What FINN's estimate-only build writes, under FINN's names, and beside it the simulated
 * performance, if there is one.
 */
export function reportFiles(
  folded: FoldedGraph,
  clockNs: number,
  simulated: SimulatedPerformance | null,
): Map<string, string> {
  const files = new Map([
    ["auto_folding_config.json", writeFoldingFile(foldingConfigOf(folded, { fifos: false }))],
    ["final_hw_config.json", writeFoldingFile(foldingConfigOf(folded, { fifos: true }))],
    ["report/estimate_layer_cycles.json", json(estimateLayerCycles(folded))],
    ["report/estimate_layer_resources.json", json(estimateLayerResources(folded))],
    ["report/estimate_network_performance.json", json(estimateNetworkPerformance(folded, clockNs))],
    ["report/op_and_param_counts.json", json(opAndParamCounts(folded))],
  ]);
  if (simulated) files.set("report/simulated_performance.json", json(simulated));
  return files;
}

/** As FINN's files are indented. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
