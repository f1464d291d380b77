import { expect, it } from "vitest";
import { int, uint } from "../../graph/datatype";
import { constant } from "../../graph/testing/tiny-graph";
import { Chain, stairs } from "../testing/chain";
import { lastNode } from "../testing/last-node";
import { vvau } from "./vvau";

// Windows of 1x3 over two channels, as the sliding window puts them out: channel fastest.
const windows = { shape: [1, 1, 2, 6], datatype: uint(8) };
const input = Uint8Array.of(1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60);
const weights = constant(int(3), [2, 3], [1, 0, -1, 1, 2, 3]);

it("weights each channel's window by itself", () => {
  const node = lastNode(new Chain("test", windows).vvau([1, 3], weights, null), "VVAU");
  // 1-3, 10+40+90; 4-6, 40+100+180
  expect(Array.from(vvau(node, input))).toEqual([-2, 140, -2, 320]);
});

it("sends each channel's sum through its own thresholds", () => {
  const steps = stairs([
    [-2, -1, 0],
    [100, 320, 321],
  ]);
  const node = lastNode(new Chain("test", windows).vvau([1, 3], weights, steps, uint(2)), "VVAU");
  expect(Array.from(vvau(node, input))).toEqual([1, 1, 1, 2]);
});
