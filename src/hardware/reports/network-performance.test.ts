import { expect, test } from "vitest";
import { boards } from "../boards";
import { foldedFor } from "../testing/shipped-graph";
import { estimateNetworkPerformance } from "./network-performance";

test.each([
  ["U250", 3_439_012, 111_340, "ConvolutionInputGenerator_rtl_0", 2993.8, 10.317],
  ["ZCU102", 15_803_927, 394_272, "Thresholding_rtl_0", 469.7, 85.341],
  ["ZCU104", 15_803_927, 394_272, "Thresholding_rtl_0", 469.7, 85.341],
] as const)("%s: FINN's figures under FINN's names", (board, path, max, name, fps, latencyMs) => {
  const report = estimateNetworkPerformance(foldedFor(board), boards[board].clockNs);
  const { estimated_throughput_fps, estimated_latency_ns, ...cycles } = report;
  expect(Object.keys(report)).toEqual([
    "critical_path_cycles",
    "max_cycles",
    "max_cycles_node_name",
    "estimated_throughput_fps",
    "estimated_latency_ns",
  ]);
  expect(cycles).toEqual({ critical_path_cycles: path, max_cycles: max, max_cycles_node_name: name });
  expect(estimated_throughput_fps).toBeCloseTo(fps, 1);
  expect(estimated_latency_ns / 1e6).toBeCloseTo(latencyMs, 3);
});
