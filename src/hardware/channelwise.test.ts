import { expect, test } from "vitest";
import type { ChannelwiseOp } from "../graph/dataflow";
import { int } from "../graph/datatype";
import { constant } from "../graph/testing/tiny-graph";
import { cyclesOf, foldedInput, foldedOutput, legalFolding, resourcesOf } from "./models";
import { fold } from "./testing/nodes";

/** The bias of a classifier of 1000 classes, whose sums are 18-bit. */
const node: ChannelwiseOp = {
  kind: "ChannelwiseOp",
  name: "bias",
  impl: "hls",
  function: "add",
  channels: 1000,
  parameters: constant(int(8), [1000], [3]),
  input: { shape: [1, 1000], datatype: int(18) },
  output: { shape: [1, 1000], datatype: int(19) },
};

test("PE channels a cycle, in and out alike", () => {
  expect(legalFolding("ChannelwiseOp", node).PE?.slice(0, 5)).toEqual([1, 2, 4, 5, 8]);
  const folded = fold(node, { PE: 8 });
  expect(foldedInput(folded)).toEqual([1, 125, 8]);
  expect(foldedOutput(folded)).toEqual([1, 125, 8]);
  expect(cyclesOf(folded)).toBe(125);
});

test("an adder a PE, and the parameters in LUTs or block RAM", () => {
  const at = (attributes: Record<string, number | string>) => resourcesOf(fold(node, attributes));
  // FINN's on all boards: 18 for the adder, 16 x 18 for 1000 words in LUTs of 64.
  expect(at({})).toEqual({ lut: 306, bram18: 0, uram: 0, dsp: 0 });
  // Words of 18 bits in block RAMs of 16.
  expect(at({ ram_style: "block" })).toEqual({ lut: 18, bram18: 2, uram: 0, dsp: 0 });
  // One word needs no memory.
  expect(at({ PE: 1000 })).toEqual({ lut: 18_000, bram18: 0, uram: 0, dsp: 0 });
});
