import { expect, test } from "vitest";
import type { FoldingReport } from "../../hardware/folding-report";
import { describeBottleneck } from "./bottleneck";

function report(...cycles: number[]): Pick<FoldingReport, "nodes" | "performance"> {
  const nodes = cycles.map((count, i) => ({ name: `node_${i}`, cycles: count }));
  const maxCycles = Math.max(...cycles);
  const performance = {
    maxCycles,
    bottleneck: nodes.find((node) => node.cycles === maxCycles)?.name ?? "",
    criticalPathCycles: cycles.reduce((sum, count) => sum + count, 0),
    throughputFps: 1e9 / (3 * maxCycles),
    latencyNs: 0,
  };
  return { nodes, performance } as unknown as FoldingReport;
}

test("one node is the slowest, and the next is near or far", () => {
  expect(describeBottleneck(report(10, 110_889, 100_352))).toBe(
    "node_1 is the slowest: it needs 110,889 cycles for a frame, so the accelerator gives at most 3,006 fps. The next node needs 100,352.",
  );
});

test("several may be the slowest", () => {
  const lead = /^node_0 and another node are the slowest: they need 5,000 cycles for a frame/;
  expect(describeBottleneck(report(5000, 5000, 1))).toMatch(lead);
  expect(describeBottleneck(report(1, 5000, 5000, 5000))).toMatch(
    /^node_1 and 2 other nodes are the slowest/,
  );
});
