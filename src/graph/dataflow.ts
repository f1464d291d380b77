import type { DataType } from "./datatype";

/**
 * The dataflow graph: FINN's hardware nodes in stream order, each feeding the
 * next. It says what every layer computes, with which integers; it says nothing
 * of folding (PE, SIMD, FIFO depths), which `src/hardware` adds.
 *
 * Feature maps are NHWC with N = 1: `[1, height, width, channels]`; vectors are
 * `[1, length]`. Names are FINN's (`MVAU_hls_3`, `ConvolutionInputGenerator_rtl_1`).
 */
export interface DataflowGraph {
  /** Short name of the network, such as `mobilenetv1-w4a4`. */
  readonly name: string;
  /** What goes in: raw pixels or features, NHWC. */
  readonly input: Stream;
  /** In stream order: node i reads what node i-1 writes. */
  readonly nodes: readonly DataflowNode[];
}

/** The values on an edge: a shape (N first, C last) and an integer type. */
export interface Stream {
  readonly shape: readonly number[];
  readonly datatype: DataType;
}

/** The smallest typed array that holds the tensor's data type. */
export type IntegerArray = Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array;

/** A constant of the hardware: weights, thresholds, bias. Row-major. */
export interface Constant {
  readonly shape: readonly number[];
  readonly datatype: DataType;
  readonly data: IntegerArray;
}

interface NodeBase {
  /** FINN's name with implementation style and number, unique in the graph. */
  readonly name: string;
  /** FINN's implementation style of the node: HLS or RTL. */
  readonly impl: "hls" | "rtl";
  readonly input: Stream;
  readonly output: Stream;
}

/** Zero padding of a feature map: rows above and below, columns left and right. */
export interface FMPadding extends NodeBase {
  readonly kind: "FMPadding";
  readonly pad: {
    readonly top: number;
    readonly left: number;
    readonly bottom: number;
    readonly right: number;
  };
}

/**
 * Sliding window (SWG): each output pixel is its whole window, `[1, oh, ow, kh*kw*C]`
 * with values in (kh, kw, C) order, C fastest. In hardware a depthwise window streams in
 * (channel fold, kh, kw) order; that is a matter of beats, not of values.
 */
export interface ConvolutionInputGenerator extends NodeBase {
  readonly kind: "ConvolutionInputGenerator";
  /** [height, width] each. */
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
  /** Feeds a VVAU or a Pool, one channel at a time. */
  readonly depthwise: boolean;
}

/** What turns an accumulator into an activation: `actVal` plus the number of thresholds <= accumulator. */
export interface Activation {
  /** `[channels, steps]`, each row ascending. */
  readonly thresholds: Constant;
  /** The value below the first threshold (FINN's ActVal): 0 for unsigned types. */
  readonly actVal: number;
}

/** Matrix-vector-activation unit: every vector of `mw` inputs times the weights gives `mh` outputs. */
export interface MVAU extends NodeBase {
  readonly kind: "MVAU";
  /** Matrix width: inputs of a neuron, in the order of the stream's last dimension. */
  readonly mw: number;
  /** Matrix height: neurons. */
  readonly mh: number;
  /** `[mh, mw]`: one neuron's weights lie together (FINN's file has the transpose). */
  readonly weights: Constant;
  /** Absent when thresholds stand alone or the layer puts out accumulators. */
  readonly activation: Activation | null;
}

/** Vector-vector-activation unit: a depthwise convolution; channel c sees only its own window. */
export interface VVAU extends NodeBase {
  readonly kind: "VVAU";
  readonly channels: number;
  readonly kernel: readonly [number, number];
  /** `[channels, kh*kw]`. The input stream is the window in (kh, kw, C) order. */
  readonly weights: Constant;
  readonly activation: Activation | null;
}

/** Thresholds as a node of its own. */
export interface Thresholding extends NodeBase {
  readonly kind: "Thresholding";
  readonly channels: number;
  readonly activation: Activation;
}

/** Average pool as FINN has it: the sum over the window, shifted right by `shift` bits (floor). */
export interface Pool extends NodeBase {
  readonly kind: "Pool";
  readonly function: "QuantAvgPool";
  readonly channels: number;
  readonly kernel: readonly [number, number];
  /** Bits of the sum. */
  readonly accumBits: number;
  readonly shift: number;
}

/** One number a channel, added (the classifier's bias). */
export interface ChannelwiseOp extends NodeBase {
  readonly kind: "ChannelwiseOp";
  readonly function: "add";
  readonly channels: number;
  /** `[channels]`. */
  readonly parameters: Constant;
}

/** The k classes with the highest values, best first; equal values: lower index first. */
export interface LabelSelect extends NodeBase {
  readonly kind: "LabelSelect";
  readonly labels: number;
  readonly k: number;
}

export type DataflowNode =
  | FMPadding
  | ConvolutionInputGenerator
  | MVAU
  | VVAU
  | Thresholding
  | Pool
  | ChannelwiseOp
  | LabelSelect;

export type NodeKind = DataflowNode["kind"];
export type NodeOf<K extends NodeKind> = Extract<DataflowNode, { kind: K }>;

/** Number of values in a tensor of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, dim) => product * dim, 1);
}

/** `[height, width, channels]` of a stream; a vector `[1, n]` is a 1x1 map of n channels. */
export function mapShape(stream: Stream): { height: number; width: number; channels: number } {
  const { shape } = stream;
  const channels = shape.at(-1) ?? 1;
  return shape.length === 4
    ? { height: shape[1] ?? 1, width: shape[2] ?? 1, channels }
    : { height: 1, width: 1, channels };
}

/** Multiply-accumulates a frame: only MVAU and VVAU multiply. */
export function macsOf(node: DataflowNode): number {
  const { height, width } = mapShape(node.output);
  if (node.kind === "MVAU") return height * width * node.mw * node.mh;
  if (node.kind === "VVAU") return height * width * node.channels * node.kernel[0] * node.kernel[1];
  return 0;
}

/** Does the node put out activations, and not sums or windows? All with thresholds do, and the pool. */
export function putsOutActivations(node: DataflowNode): boolean {
  return node.kind === "Pool" || ("activation" in node && node.activation !== null);
}
