import { type Arbitrary, array, constantFrom, integer, record } from "fast-check";
import type { DataflowGraph, DataflowNode, Stream } from "../../graph/dataflow";
import { int, uint } from "../../graph/datatype";
import { constant } from "../../graph/testing/tiny-graph";
import { instanceName } from "../folding-config";

/** A part of a chain of layers, and its output channels if it chooses them. */
interface Part {
  readonly layer: "separable" | "convolution" | "dense" | "thresholds" | "pool";
  readonly channels: number;
  readonly impl: "hls" | "rtl";
}

const parts: Arbitrary<Part> = record({
  layer: constantFrom("separable", "convolution", "dense", "thresholds", "pool"),
  channels: integer({ min: 1, max: 6 }),
  impl: constantFrom("hls", "rtl"),
});

/** Small networks of one to three layers, every node kind that streams maps among them. */
export const randomChains: Arbitrary<DataflowGraph> = record({
  size: integer({ min: 4, max: 7 }),
  channels: integer({ min: 1, max: 6 }),
  layers: array(parts, { minLength: 1, maxLength: 3 }),
}).map(({ size, channels, layers }) => {
  const input: Stream = { shape: [1, size, size, channels], datatype: uint(4) };
  const nodes: DataflowNode[] = [];
  for (const part of layers) for (const node of layer(part, nodes.at(-1)?.output ?? input)) nodes.push(node);
  return { name: "chain", input, nodes: nodes.map(named) };
});

const named = (node: DataflowNode, index: number, all: readonly DataflowNode[]): DataflowNode => {
  const sameType = all.slice(0, index).filter(({ kind, impl }) => kind === node.kind && impl === node.impl);
  return { ...node, name: instanceName(node.kind, node.impl, sameType.length) };
};

function layer({ layer: kind, channels, impl }: Part, input: Stream): DataflowNode[] {
  switch (kind) {
    case "separable": {
      const padding = padded(input);
      const window = windowOver(padding.output, true, impl);
      const filter = depthwise(window.output, input);
      return [padding, window, filter, dense(filter.output, channels, impl)];
    }
    case "convolution": {
      const window = windowOver(input, false, impl);
      return [window, dense(window.output, channels, impl)];
    }
    case "dense":
      return [dense(input, channels, impl)];
    case "thresholds":
      return [thresholds(input, impl)];
    case "pool": {
      const window = windowOver(input, true, impl);
      return [window, pool(window.output, input)];
    }
  }
}

const channelsOf = ({ shape }: Stream): number => shape[3] ?? 1;
const sized = ({ shape, datatype }: Stream, grow: number, channels: number): Stream => ({
  shape: [1, (shape[1] ?? 1) + grow, (shape[2] ?? 1) + grow, channels],
  datatype,
});
const filled = (length: number, value: number): number[] => Array.from({ length }, () => value);

const padded = (input: Stream) =>
  ({
    kind: "FMPadding",
    name: "",
    impl: "rtl",
    pad: { top: 1, left: 0, bottom: 0, right: 1 },
    input,
    output: sized(input, 1, channelsOf(input)),
  }) as const;

/** 2x2 with stride 1, so that layers do not run out of pixels soon; one pixel stays one. */
function windowOver(input: Stream, depthwise: boolean, impl: "hls" | "rtl") {
  const side = (input.shape[1] ?? 1) > 1 ? 2 : 1;
  return {
    kind: "ConvolutionInputGenerator",
    name: "",
    impl,
    kernel: [side, side],
    stride: [1, 1],
    dilation: [1, 1],
    depthwise,
    input,
    output: sized(input, 1 - side, side * side * channelsOf(input)),
  } as const;
}

const depthwise = (input: Stream, map: Stream) =>
  ({
    kind: "VVAU",
    name: "",
    impl: "hls",
    channels: channelsOf(map),
    kernel: [2, 2],
    weights: constant(int(4), [channelsOf(map), 4], filled(4 * channelsOf(map), -7)),
    activation: { thresholds: constant(int(4), [channelsOf(map), 1], filled(channelsOf(map), 1)), actVal: 0 },
    input,
    output: { ...sized(input, 0, channelsOf(map)), datatype: uint(4) },
  }) as const;

const dense = (input: Stream, channels: number, impl: "hls" | "rtl"): DataflowNode => {
  const mw = channelsOf(input);
  return {
    kind: "MVAU",
    name: "",
    impl,
    mw,
    mh: channels,
    weights: constant(int(4), [channels, mw], filled(channels * mw, 7)),
    activation: { thresholds: constant(int(8), [channels, 1], filled(channels, 9)), actVal: 0 },
    input,
    output: { ...sized(input, 0, channels), datatype: uint(4) },
  };
};

const thresholds = (input: Stream, impl: "hls" | "rtl"): DataflowNode => ({
  kind: "Thresholding",
  name: "",
  impl,
  channels: channelsOf(input),
  activation: {
    thresholds: constant(int(4), [channelsOf(input), 1], filled(channelsOf(input), 3)),
    actVal: 0,
  },
  input,
  output: { ...input, datatype: uint(4) },
});

const pool = (input: Stream, map: Stream): DataflowNode => ({
  kind: "Pool",
  name: "",
  impl: "hls",
  function: "QuantAvgPool",
  channels: channelsOf(map),
  kernel: input.shape[3] === channelsOf(map) ? [1, 1] : [2, 2],
  accumBits: 6,
  shift: 2,
  input,
  output: { ...sized(input, 0, channelsOf(map)), datatype: uint(4) },
});
