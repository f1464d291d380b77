import { expect, test } from "vitest";
import { accumulatorRangeOf } from "../graph/accumulator";
import { smallestDataType } from "../graph/datatype";
import { withHardwareTypes } from "./hardware-types";
import { withStandaloneThresholds } from "./standalone-thresholds";
import { fold, mvauNode } from "./testing/nodes";
import { shippedGraph } from "./testing/shipped-graph";

const graph = shippedGraph();
const none: ReadonlySet<string> = new Set();
const bits = (widths: "type-bound" | "from-weights", kind: string, writeable = none) =>
  withHardwareTypes(graph, widths, writeable)
    .filter(({ node }) => node.kind === kind)
    .map(({ accumulator }) => accumulator?.bits);

test("type bounds are those of FINN's folding files", () => {
  expect(bits("type-bound", "MVAU")).toEqual([21, 13, 14, 15, 15, 16, 16, 17, 17, 17, 17, 17, 17, 18, 18]);
  expect(new Set(bits("type-bound", "VVAU"))).toEqual(new Set([11]));
});

test("the real weights never need more, and somewhere less", () => {
  const wide = bits("type-bound", "MVAU");
  const real = bits("from-weights", "MVAU");
  for (const [i, width] of real.entries()) expect(width).toBeLessThanOrEqual(wide[i] ?? 0);
  expect(real).not.toEqual(wide);
  for (const { node, accumulator } of withHardwareTypes(graph, "from-weights", none)) {
    if (node.kind !== "MVAU" && node.kind !== "VVAU") continue;
    const range = accumulatorRangeOf(node);
    expect(accumulator).toEqual(smallestDataType(range?.min ?? 0, range?.max ?? 0));
  }
});

test("weights of run time may be anything their type holds", () => {
  // 9 products of -8 and 15 need INT12, of -7 and 15 only INT11.
  const writeable = new Set(["VVAU_hls_3"]);
  expect(bits("type-bound", "VVAU", writeable)[3]).toBe(12);
  expect(bits("from-weights", "VVAU", writeable)[3]).toBe(12);
  expect(bits("type-bound", "VVAU", writeable)[2]).toBe(11);
});

test("sums that leave the accelerator come in whole bytes", () => {
  // 64 products of at most 7 and 15 need INT14.
  const alone = fold(mvauNode(64, 32, "rtl"));
  expect(alone.accumulator?.name).toBe("INT14");
  expect(alone.node.output.datatype.name).toBe("INT16");
});

test("types flow on: sums into thresholds, FINN's INT33 bias, 16-bit classes", () => {
  const out = (widths: "type-bound" | "from-weights") =>
    withHardwareTypes(withStandaloneThresholds(graph), widths, none)
      .slice(-3)
      .map(({ node }) => node.output.datatype.name);
  expect(out("type-bound")).toEqual(["INT18", "INT33", "UINT16"]);
  const [sums, biased, classes] = out("from-weights");
  const bound = (name = "") => Number(name.replace("INT", ""));
  expect(bound(biased)).toBeGreaterThanOrEqual(bound(sums));
  expect(bound(biased)).toBeLessThanOrEqual(19);
  expect(classes).toBe("UINT16");
  let before = graph.input.datatype;
  for (const { node } of withHardwareTypes(withStandaloneThresholds(graph), "type-bound", none)) {
    expect(node.input.datatype).toBe(before);
    before = node.output.datatype;
  }
});
