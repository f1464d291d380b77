import type { FoldedGraph } from "../fold-graph";
import type { Folded } from "../model";
import { efficiencyOf, resourcesOf } from "../models";
import { type ReportByNode, withTotal } from "./total";

/**
 * FINN's `estimate_layer_resources.json`: what each node takes before synthesis, and the `total`.
 * FIFOs and width converters are not in it: FINN inserts them later.
 */
export function estimateLayerResources({ nodes }: FoldedGraph): ReportByNode {
  return withTotal(Object.fromEntries(nodes.map((folded) => [folded.node.name, nodeResources(folded)])));
}

/** FINN: node_res_estimation. BRAM_18K are block RAMs of 18 Kbit; an efficiency of 1 also means none is used. */
function nodeResources(folded: Folded) {
  const { lut, bram18, uram, dsp } = resourcesOf(folded);
  const efficiency = efficiencyOf(folded);
  return {
    BRAM_18K: bram18,
    BRAM_efficiency: efficiency.bram18,
    LUT: lut,
    URAM: uram,
    URAM_efficiency: efficiency.uram,
    DSP: dsp,
  };
}
