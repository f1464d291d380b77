import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DataflowGraph, DataflowNode, Stream } from "../graph/dataflow";
import { dataType, int, uint } from "../graph/datatype";
import { constant } from "../graph/testing/tiny-graph";
import { datatypeOf, layoutOf } from "../onnx/annotations";
import { readOnnx } from "../onnx/read";
import { writeOnnx } from "../onnx/write";
import { compile } from "./compile";
import { writeFinnOnnx } from "./finn-onnx";
import { arbitraryModel } from "./testing/arbitrary-model";
import { readFixture } from "./testing/fixtures";

const again = (graph: DataflowGraph, options = {}) =>
  compile(writeOnnx(writeFinnOnnx(graph)), { name: graph.name, ...options });

describe.each([{ standaloneThresholds: false }, { standaloneThresholds: true }])("%o", (options) => {
  test.each([
    { file: "mnv1_finn_opset11.onnx" },
    { file: "chain_mixed.onnx" },
    { file: "chain_zero_gain.onnx" },
    { file: "chain_signed.onnx" },
    { file: "chain_flatten.onnx" },
    { file: "chain_1d_fc.onnx" },
  ])("$file, compiled, written and compiled again, is the same graph", async ({ file }) => {
    const preprocessing = file.startsWith("chain") ? "none" : "auto";
    const { graph } = await compile(readFixture(file), { ...options, preprocessing });
    expect((await again(graph, options)).graph).toEqual(graph);
  });

  test("so is every compiled network", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryModel, async ({ model }) => {
        const { graph } = await compile(writeOnnx(model), options);
        expect((await again(graph, options)).graph).toEqual(graph);
      }),
      { numRuns: 100 },
    );
  });
});

test("compiling what was written finds nothing to streamline, and no threshold to round", async () => {
  const { graph } = await compile(readFixture("mnv1_finn_opset11.onnx"));
  const { steps, nearTies, notes } = await again(graph);
  const lowering = steps.findIndex(({ name }) => name === "MakeInputChannelsLast");
  const changed = steps.slice(0, lowering).filter((step) => step.changed);
  // FINN notes INT32 for all sums, and turns the pool's map.
  expect(changed.map(({ name }) => name)).toEqual(["InferDataTypes", "ChangeDataLayoutQuantAvgPool2d"]);
  expect({ nearTies, notes }).toEqual({ nearTies: 0, notes: [] });
});

test("thresholds inside units and on their own are written alike", async () => {
  const operators = async (standaloneThresholds: boolean) => {
    const { graph } = await compile(readFixture("mnv1_finn_opset11.onnx"), { standaloneThresholds });
    return writeFinnOnnx(graph).graph.nodes;
  };
  expect(await operators(true)).toEqual(await operators(false));
});

test("every tensor says what it holds, the maps how they lie, and the file is one that can be read", async () => {
  const { graph: dataflow } = await compile(readFixture("mnv1_finn_opset11.onnx"));
  const model = writeFinnOnnx(dataflow);
  expect(readOnnx(writeOnnx(model))).toEqual(model);

  const { graph } = model;
  expect(model.opsets.get("")).toBe(11);
  expect(graph.inputs).toEqual([
    { name: "global_in", elemType: "float32", shape: [1, 3, ...dataflow.input.shape.slice(1, 3)] },
  ]);
  expect(datatypeOf(graph, "global_in")).toBe("UINT8");
  expect(layoutOf(graph, "global_in")).toEqual(["N", "C", "H", "W"]);
  for (const node of graph.nodes) {
    const [output = ""] = node.outputs;
    expect(datatypeOf(graph, output)).toMatch(/^U?INT\d+$/);
    expect(graph.valueInfo.has(output)).toBe(true);
  }
  const operands = [...graph.initializers].filter(([, tensor]) => tensor.elemType === "float32");
  for (const [name, { data }] of operands) {
    const { min, max } = dataType(datatypeOf(graph, name));
    expect(data.every((value: number) => Number.isInteger(value) && value >= min && value <= max)).toBe(true);
  }
});

const stream = (shape: readonly number[], bits = 4): Stream => ({ shape, datatype: uint(bits) });
const streams = (from: Stream, to: Stream) => ({ input: from, output: to });
/** A chain that ends, as all do, in the choice of the best. */
const graphOf = (...nodes: [DataflowNode, ...DataflowNode[]]): DataflowGraph => ({
  name: "net",
  input: nodes[0].input,
  nodes: nodes.at(-1)?.kind === "LabelSelect" ? nodes : [...nodes, labelSelect([1, 4])],
});

const window: DataflowNode = {
  kind: "ConvolutionInputGenerator",
  name: "ConvolutionInputGenerator_rtl_0",
  impl: "rtl",
  kernel: [2, 2],
  stride: [1, 1],
  dilation: [1, 1],
  depthwise: true,
  ...streams(stream([1, 2, 2, 1]), stream([1, 1, 1, 4])),
};
const padding: DataflowNode = {
  kind: "FMPadding",
  name: "FMPadding_rtl_0",
  impl: "rtl",
  pad: { top: 1, left: 1, bottom: 1, right: 1 },
  ...streams(stream([1, 2, 2, 1]), stream([1, 4, 4, 1])),
};
const pool = (shift: number, bits: number): DataflowNode => ({
  kind: "Pool",
  name: "Pool_hls_0",
  impl: "hls",
  function: "QuantAvgPool",
  channels: 1,
  kernel: [2, 2],
  accumBits: 6,
  shift,
  ...streams(stream([1, 1, 1, 4]), stream([1, 1, 1, 1], bits)),
});
const thresholding = (shape: readonly number[], values: readonly number[], type = uint(1)): DataflowNode => ({
  kind: "Thresholding",
  name: "Thresholding_rtl_0",
  impl: "rtl",
  channels: shape.at(-1) ?? 1,
  activation: {
    thresholds: constant(int(30), [1, values.length], values),
    actVal: Math.min(0, type.min),
  },
  input: stream(shape),
  output: { shape, datatype: type },
});
const labelSelect = (shape: readonly number[]): DataflowNode => ({
  kind: "LabelSelect",
  name: "LabelSelect_hls_0",
  impl: "hls",
  labels: 4,
  k: 1,
  ...streams(stream(shape), stream([1, 1], 8)),
});

test.each([
  [
    "thresholds on windows",
    graphOf(window, thresholding([1, 1, 1, 4], [1])),
    /^Thresholding_rtl_0 .* reads the windows/,
  ],
  [
    "thresholds on a padded map",
    graphOf(padding, thresholding([1, 4, 4, 1], [1])),
    /^Thresholding_rtl_0 .* pads/,
  ],
  [
    "windows over windows",
    graphOf(window, window),
    /^ConvolutionInputGenerator_rtl_0 .* slides over windows/,
  ],
  ["a pool of a padded map", graphOf(padding, window, pool(2, 4)), /^Pool_hls_0 .* padded/],
  ["a pool that keeps too many bits", graphOf(window, pool(1, 8)), /^Pool_hls_0 .* shift/],
  ["a pool without its window", graphOf(pool(2, 4)), /^Pool_hls_0 .* no 2x2 window/],
  [
    "thresholds that float32 rounds",
    graphOf(thresholding([1, 1, 1, 1], [2 ** 24 + 1])),
    /^Thresholding_rtl_0 .* 16777217/,
  ],
  [
    "BIPOLAR values that can be 0",
    graphOf(thresholding([1, 1, 1, 1], [1, 2], dataType("BIPOLAR"))),
    /^Thresholding_rtl_0 .* can be 0/,
  ],
  ["a choice among pixels", graphOf(labelSelect([1, 2, 2, 1])), /^LabelSelect_hls_0 .* several pixels/],
  [
    "a vector of windows",
    graphOf(window, labelSelect([1, 4])),
    /^LabelSelect_hls_0 .* windows as one vector/,
  ],
])("refuses %s, by name", (_, graph, message) => {
  expect(() => writeFinnOnnx(graph)).toThrow(
    expect.objectContaining({ code: "unsupported-model", message: expect.stringMatching(message) }),
  );
});

test("refuses a graph that chooses nothing", () => {
  const graph = { ...graphOf(window), nodes: [window] };
  expect(() => writeFinnOnnx(graph)).toThrow("net can not be written as FINN-ONNX: it does not end");
});

test("a BIPOLAR activation is one threshold, doubled and less one", () => {
  const { graph } = writeFinnOnnx(graphOf(thresholding([1, 1, 1, 1], [3, 3], dataType("BIPOLAR"))));
  const node = graph.nodes.find(({ opType }) => opType === "MultiThreshold");
  expect(Object.fromEntries(node?.attributes ?? [])).toMatchObject({
    out_dtype: { value: "BIPOLAR" },
    out_scale: { value: 2 },
    out_bias: { value: -1 },
  });
  expect(Array.from(graph.initializers.get("MultiThreshold_0_param0")?.data ?? [])).toEqual([3]);
});
