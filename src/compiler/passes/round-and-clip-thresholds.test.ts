import { expect, test } from "vitest";
import { datatypeOf } from "../../onnx/annotations";
import { string } from "../../onnx/attributes";
import { ModelChain, staircase, tensor } from "../testing/chain";
import { checkPass, constantOf, expectUntouched } from "../testing/check-pass";
import { roundAndClipThresholds } from "./round-and-clip-thresholds";

const counts = { out_dtype: string("UINT3") };
const thresholds = tensor([1, 7], [-Infinity, -9.5, -0.5, 0.25, 3, 8.5, Infinity]);

test.each([
  { input: "INT4", rounded: [-8, -8, -0, 1, 3, 8, 8], type: "INT5" },
  { input: "UINT3", rounded: [0, 0, 0, 1, 3, 8, 8], type: "UINT4" },
])("on $input, thresholds are rounded up and clipped", ({ input, rounded, type }) => {
  const model = new ModelChain([1, 2, 3, 3], input).op("MultiThreshold", [thresholds], counts).build();
  const after = checkPass(roundAndClipThresholds(), model);
  expect([...constantOf(after, "MultiThreshold").data]).toEqual(rounded);
  expect(datatypeOf(after.graph, after.graph.nodes[0]?.inputs[1] ?? "")).toBe(type);
});

test("on numbers that are no integers, thresholds stay", () => {
  const model = new ModelChain([1, 2, 3, 3]).op("MultiThreshold", [staircase(1, 3, 0.5, 1)], counts).build();
  expectUntouched(roundAndClipThresholds(), model);
});

test("thresholds within 2 float32 steps of an integer are counted, once", () => {
  const step = 2 ** -22;
  const values = [0.5, 1, 2 - step, 2 + 2 * step, 2 + 4 * step, 3 + 0.1, Infinity];
  const model = new ModelChain([1, 1], "INT8").op("MultiThreshold", [tensor([1, 7], values)], counts).build();
  let count = 0;
  const pass = roundAndClipThresholds((ties) => {
    count += ties;
  });
  while (pass.apply(model));
  expect(count).toBe(3);
});

test("thresholds that are no numbers are refused", () => {
  const model = new ModelChain([1, 1], "INT8")
    .op("MultiThreshold", [tensor([1, 1], [Number.NaN])], counts)
    .build();
  expect(() => roundAndClipThresholds().apply(model)).toThrow("MultiThreshold_0 (MultiThreshold)");
});
