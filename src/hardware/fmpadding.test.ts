import { expect, test } from "vitest";
import type { FMPadding } from "../graph/dataflow";
import { uint } from "../graph/datatype";
import { noResources } from "./model";
import { cyclesOf, foldedInput, foldedOutput, inputWidthBits, legalFolding, resourcesOf } from "./models";
import { fold } from "./testing/nodes";

/** Eight channels, one row above, two below, three columns on the right. */
const node: FMPadding = {
  kind: "FMPadding",
  name: "padding",
  impl: "rtl",
  pad: { top: 1, left: 0, bottom: 2, right: 3 },
  input: { shape: [1, 5, 7, 8], datatype: uint(4) },
  output: { shape: [1, 8, 10, 8], datatype: uint(4) },
};

test("SIMD channels a beat; the padded map goes out a beat a cycle", () => {
  expect(legalFolding("FMPadding", node)).toEqual({ SIMD: [1, 2, 4, 8] });
  const folded = fold(node, { SIMD: 2 });
  expect(foldedInput(folded)).toEqual([1, 5, 7, 4, 2]);
  expect(foldedOutput(folded)).toEqual([1, 8, 10, 4, 2]);
  expect(inputWidthBits(folded)).toBe(8);
  expect(cyclesOf(folded)).toBe(8 * 10 * 4);
  expect(cyclesOf(fold(node, { SIMD: 8 }))).toBe(80);
});

test("FINN counts no resources for it", () => {
  expect(resourcesOf(fold(node, { SIMD: 8 }))).toEqual(noResources);
});
