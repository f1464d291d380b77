import { expect, test } from "vitest";
import type { LabelSelect } from "../graph/dataflow";
import { int, uint } from "../graph/datatype";
import { noResources } from "./model";
import { cyclesOf, foldedInput, foldedOutput, inputWidthBits, outputWidthBits, resourcesOf } from "./models";
import { fold } from "./testing/nodes";

/** The five best of 1000 classes. */
const node: LabelSelect = {
  kind: "LabelSelect",
  name: "top5",
  impl: "hls",
  labels: 1000,
  k: 5,
  input: { shape: [1, 1000], datatype: int(33) },
  output: { shape: [1, 5], datatype: uint(16) },
};

test("PE labels a beat in, the best one by one out, in whole bytes", () => {
  const folded = fold(node, { PE: 4 });
  expect(foldedInput(folded)).toEqual([1, 250, 4]);
  expect(foldedOutput(folded)).toEqual([1, 5, 1]);
  expect([inputWidthBits(folded), outputWidthBits(folded)]).toEqual([132, 16]);
  expect(cyclesOf(folded)).toBe(250);
  expect(cyclesOf(fold(node))).toBe(1000);
});

test("FINN counts no resources for it", () => {
  expect(resourcesOf(fold(node))).toEqual(noResources);
});
