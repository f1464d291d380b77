import { networkPerformance } from "../estimate";
import type { FoldedGraph } from "../fold-graph";

/** FINN's `estimate_network_performance.json`, under FINN's names. */
export interface NetworkPerformanceReport {
  readonly critical_path_cycles: number;
  readonly max_cycles: number;
  readonly max_cycles_node_name: string;
  readonly estimated_throughput_fps: number;
  /** As if no two nodes worked at once. */
  readonly estimated_latency_ns: number;
}

/** FINN's estimate of the whole network at a clock period in ns. */
export function estimateNetworkPerformance(folded: FoldedGraph, clockNs: number): NetworkPerformanceReport {
  const { maxCycles, bottleneck, criticalPathCycles, throughputFps, latencyNs } = networkPerformance(
    folded,
    clockNs,
  );
  return {
    critical_path_cycles: criticalPathCycles,
    max_cycles: maxCycles,
    max_cycles_node_name: bottleneck,
    estimated_throughput_fps: throughputFps,
    estimated_latency_ns: latencyNs,
  };
}
