import { fifoResources } from "./fifo";
import type { FoldedGraph } from "./fold-graph";
import type { HardwareInstance } from "./instances";
import { noResources, type Resources } from "./model";
import { cyclesOf, resourcesOf } from "./models";
import { converterResources } from "./width-converter";

/** What FINN says of a network before synthesis: its estimate_network_performance.json. */
export interface NetworkPerformance {
  /** Cycles between two frames: those of the slowest node. */
  readonly maxCycles: number;
  /** The first node that slow. */
  readonly bottleneck: string;
  /** All nodes' cycles together. As a latency it is pessimistic: it has no two nodes work at once. */
  readonly criticalPathCycles: number;
  readonly throughputFps: number;
  readonly latencyNs: number;
}

/** FINN: dataflow_performance. A clock period in ns. */
export function networkPerformance({ nodes }: FoldedGraph, clockNs: number): NetworkPerformance {
  let maxCycles = 0;
  let bottleneck = "";
  let criticalPathCycles = 0;
  for (const folded of nodes) {
    const cycles = cyclesOf(folded);
    criticalPathCycles += cycles;
    if (cycles > maxCycles) {
      maxCycles = cycles;
      bottleneck = folded.node.name;
    }
  }
  return {
    maxCycles,
    bottleneck,
    criticalPathCycles,
    throughputFps: 1e9 / clockNs / maxCycles,
    latencyNs: clockNs * criticalPathCycles,
  };
}

/** Resources of a node, width converter or FIFO. */
export function instanceResources(instance: HardwareInstance): Resources {
  switch (instance.kind) {
    case "node":
      return resourcesOf(instance.folded);
    case "StreamingDataWidthConverter":
      return converterResources(instance);
    case "StreamingFIFO":
      return fifoResources(instance.folding, instance.widthBits);
  }
}

/** FINN's estimate counts the nodes only: at that step the FIFOs and converters are not there yet. */
export function layerResources({ nodes }: FoldedGraph): Resources {
  return total(nodes.map((folded) => resourcesOf(folded)));
}

/** The same with width converters and FIFOs. */
export function allResources({ instances }: FoldedGraph): Resources {
  return total(instances.map(instanceResources));
}

export function total(parts: readonly Resources[]): Resources {
  return parts.reduce(
    (sum, part) => ({
      lut: sum.lut + part.lut,
      bram18: sum.bram18 + part.bram18,
      uram: sum.uram + part.uram,
      dsp: sum.dsp + part.dsp,
    }),
    noResources,
  );
}
