import type { ConvolutionInputGenerator, MVAU, Stream, Thresholding, VVAU } from "../../graph/dataflow";
import { type DataType, int, uint } from "../../graph/datatype";
import { constant } from "../../graph/testing/tiny-graph";
import { foldGraph } from "../fold-graph";
import type { Attributes } from "../folding-config";
import type { Folded } from "../model";

const map = (height: number, width: number, channels: number, datatype: DataType): Stream => ({
  shape: [1, height, width, channels],
  datatype,
});
const filled = (length: number, value: number) => Array.from({ length }, () => value);

/** An 8-channel map of UINT4 and a square window over it, stride 1 unless said. */
export function windowNode(
  size: { height: number; width: number },
  kernel: readonly [number, number],
  { impl = "rtl", depthwise = false, stride = 1 }: WindowOptions = {},
): ConvolutionInputGenerator {
  const out = (length: number, k: number) => Math.floor((length - k) / stride) + 1;
  const [oh, ow] = [out(size.height, kernel[0]), out(size.width, kernel[1])];
  return {
    kind: "ConvolutionInputGenerator",
    name: "window",
    impl,
    kernel,
    stride: [stride, stride],
    dilation: [1, 1],
    depthwise,
    input: map(size.height, size.width, 8, uint(4)),
    output: map(oh, ow, kernel[0] * kernel[1] * 8, uint(4)),
  };
}
interface WindowOptions {
  readonly impl?: "hls" | "rtl";
  readonly depthwise?: boolean;
  readonly stride?: number;
}

/** UINT4 in, INT4 weights that are all 7, a 2-bit activation unless it puts out sums. */
export function mvauNode(mw: number, mh: number, impl: "hls" | "rtl", activation = impl === "hls"): MVAU {
  return {
    kind: "MVAU",
    name: "mvau",
    impl,
    mw,
    mh,
    weights: constant(int(4), [mh, mw], filled(mw * mh, 7)),
    activation: activation ? { thresholds: steps(mh), actVal: 0 } : null,
    input: map(2, 2, mw, uint(4)),
    output: map(2, 2, mh, activation ? uint(2) : uint(16)),
  };
}

/** A 3x3 depthwise convolution of `channels`, INT4 weights that are all -7, no activation. */
export function vvauNode(channels: number, impl: "hls" | "rtl" = "hls"): VVAU {
  return {
    kind: "VVAU",
    name: "vvau",
    impl,
    channels,
    kernel: [3, 3],
    weights: constant(int(4), [channels, 9], filled(channels * 9, -7)),
    activation: null,
    input: map(2, 2, channels * 9, uint(4)),
    output: map(2, 2, channels, int(11)),
  };
}

/** INT11 in, UINT2 out, thresholds that fit INT11. */
export function thresholdNode(channels: number, impl: "hls" | "rtl"): Thresholding {
  return {
    kind: "Thresholding",
    name: "thresholds",
    impl,
    channels,
    activation: { thresholds: steps(channels), actVal: 0 },
    input: map(2, 2, channels, int(11)),
    output: map(2, 2, channels, uint(2)),
  };
}

const steps = (channels: number) =>
  constant(int(11), [channels, 3], Array.from({ length: channels }, () => [-5, 0, 5]).flat());

/** The node alone in a graph, folded. */
export function fold(node: Folded["node"], attributes: Attributes = {}): Folded {
  const config = { defaults: new Map(), nodes: new Map([[node.name, attributes]]) };
  const graph = { name: "one", input: node.input, nodes: [node] };
  const [folded] = foldGraph(graph, config, { widths: "type-bound" }).nodes;
  if (!folded) throw new Error("a node went in");
  return folded;
}
