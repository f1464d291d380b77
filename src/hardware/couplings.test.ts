import { expect, test } from "vitest";
import { tinyGraph } from "../graph/testing/tiny-graph";
import { couplings } from "./couplings";
import { shippedGraph } from "./testing/shipped-graph";

test("a depthwise window and its reader are coupled both ways, and nothing else is", () => {
  const pairs = couplings(tinyGraph().nodes);
  expect([...pairs]).toEqual([
    ["ConvolutionInputGenerator_rtl_0", { own: "SIMD", other: { node: "VVAU_hls_0", axis: "PE" } }],
    ["VVAU_hls_0", { own: "PE", other: { node: "ConvolutionInputGenerator_rtl_0", axis: "SIMD" } }],
    ["ConvolutionInputGenerator_rtl_1", { own: "SIMD", other: { node: "Pool_hls_0", axis: "PE" } }],
    ["Pool_hls_0", { own: "PE", other: { node: "ConvolutionInputGenerator_rtl_1", axis: "SIMD" } }],
  ]);
});

test("MobileNet's first window feeds an MVAU, which reorders nothing: 13 VVAUs and the pool are coupled", () => {
  const pairs = couplings(shippedGraph().nodes);
  expect(pairs.size).toBe(2 * 14);
  expect(pairs.has("ConvolutionInputGenerator_rtl_0")).toBe(false);
});
