import {
  type Arbitrary,
  constant as always,
  array,
  boolean,
  constantFrom,
  integer,
  oneof,
  record,
  tuple,
} from "fast-check";
import {
  type ConvolutionInputGenerator,
  type DataflowGraph,
  type DataflowNode,
  mapShape,
  type Stream,
} from "../../graph/dataflow";
import { int, uint } from "../../graph/datatype";
import { constant } from "../../graph/testing/tiny-graph";
import { instanceName } from "../../hardware/folding-config";

const impl = constantFrom("hls" as const, "rtl" as const);
const channels = integer({ min: 1, max: 6 });
const side = integer({ min: 1, max: 4 });
const pair = (max: number) => tuple(integer({ min: 1, max }), integer({ min: 1, max }));
const margin = integer({ min: 0, max: 2 });

const windowed = record({
  layer: constantFrom("convolution" as const, "depthwise" as const, "pool" as const),
  kernel: tuple(side, side),
  stride: pair(3),
  dilation: oneof(always<[number, number]>([1, 1]), pair(2)),
  channels,
  impl,
});
const part = oneof(
  { weight: 3, arbitrary: windowed },
  record({ layer: always("padding" as const), margins: tuple(margin, margin, margin, margin) }),
  record({ layer: constantFrom("dense" as const, "thresholds" as const, "bias" as const), channels, impl }),
);
type Part = typeof part extends Arbitrary<infer P> ? P : never;
type WindowPart = Extract<Part, { kernel: unknown }>;
type Impl = "hls" | "rtl";

/**
 * Small chains of every node kind, with what is odd among them: strides beyond the kernel, kernels
 * that do not reach the last rows and columns, dilation, maps of one row.
 */
export const arbitraryGraphs: Arbitrary<DataflowGraph> = record({
  height: integer({ min: 1, max: 8 }),
  width: integer({ min: 1, max: 8 }),
  channels,
  parts: array(part, { minLength: 1, maxLength: 4 }),
  labels: boolean(),
}).map(({ height, width, channels, parts, labels }) => {
  const input: Stream = { shape: [1, height, width, channels], datatype: uint(4) };
  const nodes: DataflowNode[] = [];
  const append = (node: DataflowNode): Stream => {
    const sameType = nodes.filter(({ kind, impl }) => kind === node.kind && impl === node.impl);
    nodes.push({ ...node, name: instanceName(node.kind, node.impl, sameType.length) });
    return node.output;
  };
  let stream = input;
  for (const each of parts) stream = layer(each, stream).reduce((_, node) => append(node), stream);
  if (labels) append(labelSelect(append(wholeWindow(stream))));
  return { name: "random", input, nodes };
});

/** The nodes of a part, each reading what the one before puts out. */
function layer(part: Part, input: Stream): DataflowNode[] {
  switch (part.layer) {
    case "padding":
      return [padding(input, part.margins)];
    case "dense":
      return [dense(input, part.channels, part.impl)];
    case "thresholds":
      return [thresholds(input, part.impl)];
    case "bias":
      return [bias(input)];
    case "convolution": {
      const window = windowOver(input, part);
      return [window, dense(window.output, part.channels, part.impl)];
    }
    case "depthwise": {
      const window = windowOver(input, part);
      return [window, filter(window, part.impl)];
    }
    case "pool": {
      const window = windowOver(input, part);
      return [window, pool(window)];
    }
  }
}

const head = { name: "" } as const;
const filled = (length: number, value: number): number[] => Array.from({ length }, () => value);
const channelsOf = (stream: Stream): number => mapShape(stream).channels;

function map(height: number, width: number, channels: number): Stream {
  return { shape: [1, height, width, channels], datatype: uint(4) };
}

function padding(input: Stream, [top, left, bottom, right]: readonly number[]): DataflowNode {
  const pad = { top: top ?? 0, left: left ?? 0, bottom: bottom ?? 0, right: right ?? 0 };
  const { height, width, channels } = mapShape(input);
  const output = map(height + pad.top + pad.bottom, width + pad.left + pad.right, channels);
  return { ...head, kind: "FMPadding", impl: "rtl", pad, input, output };
}

type Window = Pick<ConvolutionInputGenerator, "kernel" | "stride" | "dilation" | "impl"> &
  Pick<WindowPart, "layer">;

/** The kernel shrinks until a window fits. */
function windowOver(input: Stream, window: Window): ConvolutionInputGenerator {
  const { stride, dilation, impl } = window;
  const { height, width, channels } = mapShape(input);
  const fitting = (k: number, size: number, d: number) => Math.min(k, Math.floor((size - 1) / d) + 1);
  const kernel = [
    fitting(window.kernel[0], height, dilation[0]),
    fitting(window.kernel[1], width, dilation[1]),
  ] as const;
  const steps = (size: number, k: number, s: number, d: number) =>
    Math.floor((size - (k - 1) * d - 1) / s) + 1;
  const output = map(
    steps(height, kernel[0], stride[0], dilation[0]),
    steps(width, kernel[1], stride[1], dilation[1]),
    kernel[0] * kernel[1] * channels,
  );
  const depthwise = window.layer !== "convolution";
  return {
    ...head,
    kind: "ConvolutionInputGenerator",
    impl,
    kernel,
    stride,
    dilation,
    depthwise,
    input,
    output,
  };
}

/** All that is left, as one window. */
function wholeWindow(input: Stream): DataflowNode {
  const { height, width } = mapShape(input);
  const once = { stride: [1, 1], dilation: [1, 1], impl: "rtl", layer: "convolution" } as const;
  return windowOver(input, { ...once, kernel: [height, width] });
}

function filter(
  { kernel, input: before, output: input }: ConvolutionInputGenerator,
  impl: Impl,
): DataflowNode {
  const { height, width } = mapShape(input);
  const channels = channelsOf(before);
  const window = kernel[0] * kernel[1];
  return {
    ...head,
    kind: "VVAU",
    impl,
    channels,
    kernel,
    weights: constant(int(4), [channels, window], filled(channels * window, 1)),
    activation: impl === "hls" ? { thresholds: steps(channels), actVal: 0 } : null,
    input,
    output: map(height, width, channels),
  };
}

function pool({ kernel, input: before, output: input }: ConvolutionInputGenerator): DataflowNode {
  const { height, width } = mapShape(input);
  const channels = channelsOf(before);
  const output = map(height, width, channels);
  const sums = { function: "QuantAvgPool", accumBits: 8, shift: 4 } as const;
  return { ...head, kind: "Pool", impl: "hls", ...sums, channels, kernel, input, output };
}

function dense(input: Stream, mh: number, impl: Impl): DataflowNode {
  const { height, width, channels: mw } = mapShape(input);
  return {
    ...head,
    kind: "MVAU",
    impl,
    mw,
    mh,
    weights: constant(int(4), [mh, mw], filled(mh * mw, 1)),
    activation: impl === "hls" ? { thresholds: steps(mh), actVal: 0 } : null,
    input,
    output: map(height, width, mh),
  };
}

function thresholds(input: Stream, impl: Impl): DataflowNode {
  const channels = channelsOf(input);
  const activation = { thresholds: steps(channels), actVal: 0 };
  return { ...head, kind: "Thresholding", impl, channels, activation, input, output: input };
}

function bias(input: Stream): DataflowNode {
  const channels = channelsOf(input);
  const parameters = constant(int(4), [channels], filled(channels, 1));
  return {
    ...head,
    kind: "ChannelwiseOp",
    impl: "hls",
    function: "add",
    channels,
    parameters,
    input,
    output: input,
  };
}

function labelSelect(input: Stream): DataflowNode {
  const labels = channelsOf(input);
  const k = Math.min(3, labels);
  return { ...head, kind: "LabelSelect", impl: "hls", labels, k, input, output: map(1, 1, k) };
}

const steps = (channels: number) => constant(int(4), [channels, 1], filled(channels, 3));
