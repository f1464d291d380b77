import { expect, it } from "vitest";
import { int, uint } from "../../graph/datatype";
import { constant } from "../../graph/testing/tiny-graph";
import { Chain } from "../testing/chain";
import { lastNode } from "../testing/last-node";
import { convolutionOf } from "./convolution";

const pad = { top: 0, left: 0, bottom: 0, right: 0 };
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

it("turns an MVAU's rows, channel fastest, into kernels, column fastest", () => {
  // A 1x2 window over three channels: row (kw 0: 0 1 2, kw 1: 3 4 5).
  const chain = new Chain("test", { shape: [1, 1, 2, 3], datatype: uint(8) }).window([1, 2]);
  const window = lastNode(chain, "ConvolutionInputGenerator");
  const node = lastNode(chain.mvau(constant(int(5), [2, 6], upTo(12)), null), "MVAU");
  const { weights, attributes } = convolutionOf({ node, window, pad, flattens: null });
  expect(weights.shape).toEqual([2, 3, 1, 2]);
  expect(Array.from(weights.data)).toEqual([0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11]);
  expect(attributes).not.toHaveProperty("group");
});

it("gives each channel of a VVAU a group of its own", () => {
  const chain = new Chain("test", { shape: [1, 2, 2, 2], datatype: uint(8) }).window([2, 2]);
  const window = lastNode(chain, "ConvolutionInputGenerator");
  const node = lastNode(chain.vvau([2, 2], constant(int(5), [2, 4], upTo(8)), null), "VVAU");
  const { weights, attributes } = convolutionOf({ node, window, pad, flattens: null });
  expect(weights.shape).toEqual([2, 1, 2, 2]);
  expect(Array.from(weights.data)).toEqual(upTo(8));
  expect(attributes.group).toEqual({ kind: "int", value: 2 });
});
