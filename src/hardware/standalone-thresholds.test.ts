import { expect, test } from "vitest";
import { graphProblems } from "../graph/validate";
import { withStandaloneThresholds } from "./standalone-thresholds";
import { shippedGraph } from "./testing/shipped-graph";

const absorbed = shippedGraph();
const standalone = withStandaloneThresholds(absorbed);
const opTypes = () => {
  const counts: Record<string, number> = {};
  for (const { kind, impl } of standalone.nodes) {
    counts[`${kind}_${impl}`] = (counts[`${kind}_${impl}`] ?? 0) + 1;
  }
  return counts;
};

test("59 nodes become FINN's 86 for Zynq, and the graph is sound", () => {
  expect(absorbed.nodes).toHaveLength(59);
  expect(standalone.nodes).toHaveLength(86);
  expect(opTypes()).toEqual({
    ConvolutionInputGenerator_rtl: 15,
    MVAU_rtl: 15,
    Thresholding_rtl: 27,
    FMPadding_rtl: 13,
    VVAU_hls: 13,
    Pool_hls: 1,
    ChannelwiseOp_hls: 1,
    LabelSelect_hls: 1,
  });
  expect(graphProblems(standalone)).toEqual([]);
});

test("names count in stream order, and each node keeps its constants", () => {
  expect(standalone.nodes.slice(0, 8).map(({ name }) => name)).toEqual([
    "ConvolutionInputGenerator_rtl_0",
    "MVAU_rtl_0",
    "Thresholding_rtl_0",
    "FMPadding_rtl_0",
    "ConvolutionInputGenerator_rtl_1",
    "VVAU_hls_0",
    "Thresholding_rtl_1",
    "MVAU_rtl_1",
  ]);
  const activations = absorbed.nodes.flatMap((node) => ("activation" in node ? (node.activation ?? []) : []));
  const moved = standalone.nodes.flatMap((node) => (node.kind === "Thresholding" ? node.activation : []));
  expect(moved).toHaveLength(27);
  for (const [i, activation] of moved.entries()) expect(activation).toBe(activations[i]);
});

test("a graph without absorbed thresholds stays as it is", () => {
  const again = withStandaloneThresholds(standalone);
  expect(again.nodes.map(({ name }) => name)).toEqual(standalone.nodes.map(({ name }) => name));
});
