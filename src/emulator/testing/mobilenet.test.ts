import { expect, it } from "vitest";
import { macsOf } from "../../graph/dataflow";
import { graphProblems } from "../../graph/validate";
import { createReferenceEngine } from "../reference/engine";
import { mobilenetShaped } from "./mobilenet";
import { Random } from "./random";

it("has the shape of FINN's MobileNet-v1 w4a4 on the U250", () => {
  const graph = mobilenetShaped({ seed: 1 });
  expect(graphProblems(graph)).toEqual([]);
  const { nodes } = graph;
  expect(nodes).toHaveLength(59);
  expect(nodes.slice(0, 6).map((node) => [node.name, node.output.shape.slice(1)])).toEqual([
    ["ConvolutionInputGenerator_rtl_0", [111, 111, 27]],
    ["MVAU_hls_0", [111, 111, 32]],
    ["FMPadding_rtl_0", [113, 113, 32]],
    ["ConvolutionInputGenerator_rtl_1", [111, 111, 288]],
    ["VVAU_hls_0", [111, 111, 32]],
    ["MVAU_hls_1", [111, 111, 64]],
  ]);
  expect(nodes.slice(-6).map((node) => [node.name, node.output.shape.slice(1)])).toEqual([
    ["MVAU_hls_13", [7, 7, 1024]],
    ["ConvolutionInputGenerator_rtl_14", [1, 1, 50176]],
    ["Pool_hls_0", [1, 1, 1024]],
    ["MVAU_rtl_0", [1, 1, 1000]],
    ["ChannelwiseOp_hls_0", [1, 1, 1000]],
    ["LabelSelect_hls_0", [1, 1, 5]],
  ]);
  expect(nodes.reduce((macs, node) => macs + macsOf(node), 0)).toBe(568_026_752);
});

it("scales to small networks", () => {
  const { nodes } = mobilenetShaped({ seed: 1, width: 1 / 8, inputSize: 64, classes: 10 });
  expect(nodes).toHaveLength(59);
  const pool = nodes.find((node) => node.kind === "Pool");
  expect(pool).toMatchObject({
    kernel: [2, 2],
    shift: 2,
    channels: 128,
    output: { datatype: { name: "UINT4" } },
  });
});

it("spreads the activations of every layer over all 16 values", async () => {
  const graph = mobilenetShaped({ seed: 1, width: 1 / 2, inputSize: 96, classes: 10 });
  const layers = graph.nodes.filter((node) => "activation" in node && node.activation);
  const engine = await createReferenceEngine(graph);
  const input = new Random(1).input(graph.input.datatype, graph.input.shape);
  const { taps } = await engine.run(input, { taps: layers.map((node) => node.name) });
  for (const [name, { data }] of taps) {
    const shares = new Array(16).fill(0);
    for (const value of data) shares[value] += 1 / data.length;
    expect(Math.min(...shares), name).toBeGreaterThan(0.01);
    expect(Math.max(...shares), name).toBeLessThan(0.2);
  }
});
