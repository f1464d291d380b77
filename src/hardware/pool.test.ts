import { expect, test } from "vitest";
import type { Pool } from "../graph/dataflow";
import { uint } from "../graph/datatype";
import { noResources } from "./model";
import { cyclesOf, foldedInput, foldedOutput, legalFolding, outputWidthBits, resourcesOf } from "./models";
import { fold } from "./testing/nodes";

/** MobileNet's: 7x7 windows of 1024 channels to one pixel. */
const node: Pool = {
  kind: "Pool",
  name: "pool",
  impl: "hls",
  function: "QuantAvgPool",
  channels: 1024,
  kernel: [7, 7],
  accumBits: 10,
  shift: 6,
  input: { shape: [1, 1, 1, 49 * 1024], datatype: uint(4) },
  output: { shape: [1, 1, 1, 1024], datatype: uint(4) },
};

test("a value of PE channels' windows a cycle", () => {
  expect(legalFolding("Pool", node).PE).toHaveLength(11);
  const folded = fold(node, { PE: 4 });
  expect(foldedInput(folded)).toEqual([1, 1, 1, 49 * 256, 4]);
  expect(foldedOutput(folded)).toEqual([1, 1, 1, 256, 4]);
  expect(outputWidthBits(folded)).toBe(16);
  // FINN's on the U250, and with a PE of 1 on Zynq.
  expect(cyclesOf(folded)).toBe(12_544);
  expect(cyclesOf(fold(node))).toBe(50_176);
});

test("FINN counts no resources for it", () => {
  expect(resourcesOf(fold(node, { PE: 4 }))).toEqual(noResources);
});
