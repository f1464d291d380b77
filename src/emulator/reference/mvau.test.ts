import { expect, it } from "vitest";
import { dataType, int, uint } from "../../graph/datatype";
import { constant } from "../../graph/testing/tiny-graph";
import { Chain, stairs } from "../testing/chain";
import { lastNode } from "../testing/last-node";
import { mvau } from "./mvau";

const pixels = new Chain("test", { shape: [1, 1, 2, 3], datatype: uint(8) });
const input = Uint8Array.of(1, 2, 3, 255, 0, 10);
const weights = constant(int(4), [2, 3], [1, -1, 2, -7, 0, 7]);

it("multiplies every pixel's vector with every neuron's weights", () => {
  const node = lastNode(new Chain("test", pixels.input).mvau(weights, null), "MVAU");
  // 1-2+6, -7+21; 255+20, -1785+70
  expect(Array.from(mvau(node, input))).toEqual([5, 14, 275, -1715]);
});

it("sends each neuron's sum through its own thresholds", () => {
  const steps = stairs([
    [5, 6, 275],
    [-1715, 14, 15],
  ]);
  const node = lastNode(new Chain("test", pixels.input).mvau(weights, steps, uint(2)), "MVAU");
  expect(Array.from(mvau(node, input))).toEqual([1, 2, 3, 1]);
});

it("takes BIPOLAR weights as -1 and +1", () => {
  const bipolar = constant(dataType("BIPOLAR"), [1, 3], [-1, 1, -1]);
  const node = lastNode(new Chain("test", pixels.input).mvau(bipolar, null), "MVAU");
  expect(Array.from(mvau(node, input))).toEqual([-2, -265]);
});
