import { expect, test } from "vitest";
import { fold, thresholdNode } from "../testing/nodes";
import { foldedFor } from "../testing/shipped-graph";
import { opAndParamCounts } from "./op-and-param-counts";

/** 568.0 M multiply-accumulates; only the first convolution is 8-bit. */
const mobilenet = {
  op_mac_8bx8b: 10_645_344,
  param_weight_8b: 864,
  op_mac_4bx4b: 557_381_408,
  param_weight_4b: 4_208_224,
};

test("U250: absorbed thresholds count one a channel, by the bits of their sums", () => {
  const report = opAndParamCounts(foldedFor("U250"));
  expect(Object.entries(report.MVAU_hls_0 ?? {})).toEqual([
    ["op_mac_8bx8b", 111 * 111 * 27 * 32],
    ["param_weight_8b", 864],
    ["param_threshold_21b", 32],
  ]);
  expect(report.VVAU_hls_0).toEqual({
    op_mac_4bx4b: 111 * 111 * 9 * 32,
    param_weight_4b: 288,
    param_threshold_11b: 32,
  });
  expect(report.MVAU_rtl_0).toEqual({ op_mac_4bx4b: 1_024_000, param_weight_4b: 1_024_000 });
  expect(report.FMPadding_rtl_0).toEqual({});
  expect(report.total).toEqual({
    ...mobilenet,
    param_threshold_21b: 32,
    param_threshold_11b: 32 + 64 + 2 * 128 + 2 * 256 + 6 * 512 + 1024,
    param_threshold_13b: 64,
    param_threshold_14b: 128,
    param_threshold_15b: 128 + 256,
    param_threshold_16b: 256 + 512,
    param_threshold_17b: 5 * 512 + 1024,
    param_threshold_18b: 1024,
  });
});

test.each(["ZCU102", "ZCU104"] as const)("%s: RTL thresholds are not counted", (board) => {
  const report = opAndParamCounts(foldedFor(board));
  expect(report.Thresholding_rtl_0).toEqual({});
  expect(report.total).toEqual(mobilenet);
  expect(Object.keys(report)).toHaveLength(86 + 1);
});

test("HLS thresholds are counted all, and the narrower operand is named first", () => {
  const one = fold(thresholdNode(64, "hls"));
  const graph = { name: "one", input: one.node.input, nodes: [one], instances: [] };
  expect(opAndParamCounts(graph).thresholds).toEqual({ param_threshold_11b: 64 * 3 });
  const mvau = foldedFor("U250").nodes[1];
  if (mvau?.kind !== "MVAU") throw new Error("MobileNet's second node multiplies");
  const weights = { ...mvau.node.weights, datatype: { ...mvau.node.weights.datatype, bits: 2 } };
  const mixed = { ...mvau, node: { ...mvau.node, weights } };
  expect(Object.keys(opAndParamCounts({ ...graph, nodes: [mixed] }).MVAU_hls_0 ?? {})[0]).toBe(
    "op_mac_2bx8b",
  );
});
