import { expect, test } from "vitest";
import type { DataflowGraph, DataflowNode } from "./dataflow";
import { dataType, int, uint } from "./datatype";
import { constant, tinyGraph } from "./testing/tiny-graph";
import { graphProblems } from "./validate";

/** The tiny graph with one node changed. */
function changed(name: string, change: Partial<Record<string, unknown>>): DataflowGraph {
  const graph = tinyGraph();
  const nodes = graph.nodes.map((node) =>
    node.name === name ? ({ ...node, ...change } as DataflowNode) : node,
  );
  return { ...graph, nodes };
}

test("a sound graph has no problems", () => {
  expect(graphProblems(tinyGraph())).toEqual([]);
});

const cases: [string, DataflowGraph, string][] = [
  [
    "weight outside its type",
    changed("MVAU_rtl_0", { weights: { ...constant(int(4), [2, 1], [7, 0]), datatype: int(3) } }),
    "weights have 7 at 0, which is no INT3",
  ],
  [
    "weights of another shape",
    changed("MVAU_rtl_0", { weights: constant(int(3), [1, 2], [1, 1]) }),
    "weights are 1x2, expected 2x1",
  ],
  [
    "output too narrow",
    changed("MVAU_rtl_0", { output: { shape: [1, 3, 3, 2], datatype: int(4) } }),
    "puts out [-9, 9], which INT4 does not hold",
  ],
  [
    "thresholds that do not ascend",
    changed("Thresholding_rtl_0", {
      activation: { thresholds: constant(int(5), [2, 3], [1, 4, 7, -5, -8, -2]), actVal: 0 },
    }),
    "thresholds of channel 1 do not ascend",
  ],
  [
    "window larger than the map",
    changed("ConvolutionInputGenerator_rtl_1", { kernel: [4, 3] }),
    "window is larger than the map",
  ],
  [
    "output shape that does not follow",
    changed("FMPadding_rtl_0", { pad: { top: 0, left: 1, bottom: 1, right: 1 } }),
    "5x6x1 follows from its parameters",
  ],
  [
    "another stream than the one before",
    changed("VVAU_hls_0", { input: { shape: [1, 3, 3, 4], datatype: uint(4) } }),
    "what comes in is 1x3x3x4 UINT8",
  ],
  ["more classes asked than there are", changed("LabelSelect_hls_0", { k: 4 }), "cannot choose 4 of 3"],
  ["a name twice", changed("MVAU_rtl_0", { name: "MVAU_rtl_1" }), "occurs twice"],
  [
    "a BIPOLAR weight of zero",
    changed("MVAU_rtl_1", { weights: constant(dataType("BIPOLAR"), [3, 2], [1, 1, 0, 1, 1, 1]) }),
    "have 0 at 2, which is no BIPOLAR",
  ],
  ["no nodes", { ...tinyGraph(), nodes: [] }, "no nodes"],
];

test.each(cases)("%s is named", (_what, graph, expected) => {
  expect(graphProblems(graph).join("\n")).toContain(expected);
});

test("sums beyond 32 bits are refused", () => {
  const graph = changed("MVAU_rtl_0", {
    input: { shape: [1, 3, 3, 1], datatype: uint(32) },
    weights: constant(int(8), [2, 1], [127, 1]),
  });
  expect(graphProblems(graph).join("\n")).toContain("more than 32 bits hold");
});
