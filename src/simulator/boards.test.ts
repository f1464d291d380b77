import { expect, test } from "vitest";
import { networkPerformance } from "../hardware/estimate";
import type { FoldedGraph } from "../hardware/fold-graph";
import type { Folded } from "../hardware/model";
import { cyclesOf, foldedOutput } from "../hardware/models";
import { foldedFor } from "../hardware/testing/shipped-graph";
import { beats } from "./programs";
import { simulate } from "./simulate";

const u250 = foldedFor("U250");

/** No FIFO has a limit. */
function endless({ instances }: FoldedGraph): ReadonlyMap<string, number> {
  return new Map(instances.map(({ name }) => [name, Number.POSITIVE_INFINITY]));
}

function nodeNamed({ nodes }: FoldedGraph, name: string): Folded {
  const folded = nodes.find(({ node }) => node.name === name);
  if (!folded) throw new Error(`no ${name}`);
  return folded;
}

test("U250: with FIFOs deep enough results come as fast as the slowest node works", async () => {
  const { maxCycles, bottleneck, criticalPathCycles } = networkPerformance(u250, 3);
  const { steady, frames } = await simulate(u250, { depths: endless(u250) });
  expect(steady?.interval).toBe(maxCycles);
  expect(steady?.bottleneck).toMatchObject({ machine: bottleneck, busyCycles: maxCycles, limit: "node" });
  // A pipeline: the first result is there long before all nodes one after another would have it.
  const first = (frames[0]?.lastOut ?? 0) + 1;
  expect(first).toBeGreaterThan(maxCycles);
  expect(first).toBeLessThan(3 * maxCycles);
  expect(first).toBeLessThan(criticalPathCycles / 10);
});

test("U250: with FINN's FIFOs the last pointwise layer waits while the pool's window goes out", async () => {
  const { maxCycles } = networkPerformance(u250, 3);
  const { steady, frames, streams } = await simulate(u250);
  const slowest = cyclesOf(nodeNamed(u250, "MVAU_hls_13"));
  const pause = beats(foldedOutput(nodeNamed(u250, "ConvolutionInputGenerator_rtl_14")));
  expect(slowest).toBeLessThan(maxCycles);
  // While the window of the whole map goes out nothing goes in, and the FIFOs before it hold little.
  expect(steady?.interval).toBeGreaterThan(maxCycles);
  expect(steady?.interval).toBeLessThanOrEqual(slowest + pause);
  expect(steady?.bottleneck).toMatchObject({
    machine: "MVAU_hls_13",
    busyCycles: slowest,
    limit: "fifos",
    heldUpBy: "ConvolutionInputGenerator_rtl_14",
  });
  expect((frames[0]?.lastOut ?? 0) + 1).toBeLessThan(3 * maxCycles);
  for (const { depth, maxOccupancy } of streams) expect(maxOccupancy).toBeLessThanOrEqual(depth);
});

test("ZCU104: with FIFOs deep enough, as fast as the slowest node, and the first result soon after", async () => {
  const folded = foldedFor("ZCU104");
  const { maxCycles, criticalPathCycles } = networkPerformance(folded, 5.4);
  const { steady, frames } = await simulate(folded, { depths: endless(folded) });
  expect(steady?.interval).toBe(maxCycles);
  expect(steady?.bottleneck.limit).toBe("node");
  expect(cyclesOf(nodeNamed(folded, steady?.bottleneck.machine ?? ""))).toBe(maxCycles);
  const first = (frames[0]?.lastOut ?? 0) + 1;
  expect(first).toBeLessThan(2 * maxCycles);
  expect(first).toBeLessThan(criticalPathCycles / 10);
});

test("ZCU102: with FINN's FIFOs the first result takes less than twice the slowest node", async () => {
  const folded = foldedFor("ZCU102");
  const { maxCycles } = networkPerformance(folded, 5.4);
  const { frames, streams, steady } = await simulate(folded, { frames: 1 });
  const first = (frames[0]?.lastOut ?? 0) + 1;
  expect(first).toBeGreaterThan(maxCycles);
  expect(first).toBeLessThan(2 * maxCycles);
  // One frame does not show whether it is steady.
  expect(steady).toBeNull();
  for (const { depth, maxOccupancy } of streams) expect(maxOccupancy).toBeLessThanOrEqual(depth);
});
