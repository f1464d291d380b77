import { accumulatorRange } from "../../graph/accumulator";
import {
  type Activation,
  type Constant,
  type DataflowGraph,
  type DataflowNode,
  type FMPadding,
  mapShape,
  type Stream,
  sizeOf,
} from "../../graph/dataflow";
import { bitLength, type DataType, smallestDataType, uint } from "../../graph/datatype";
import { constant } from "../../graph/testing/tiny-graph";

/**
 * Builds a dataflow graph node by node for tests: shapes, data types and FINN's names
 * (numbered per operation and style) follow from what is appended.
 */
export class Chain {
  readonly #nodes: DataflowNode[] = [];
  readonly #numbers = new Map<string, number>();
  #stream: Stream;

  constructor(
    readonly name: string,
    readonly input: Stream,
  ) {
    this.#stream = input;
  }

  /** What the last node puts out (at first, the graph's input). */
  get output(): Stream {
    return this.#stream;
  }

  pad(top: number, left: number, bottom: number, right: number): this {
    const pad: FMPadding["pad"] = { top, left, bottom, right };
    const { height, width, channels } = mapShape(this.#stream);
    const output = this.#map(height + top + bottom, width + left + right, channels);
    return this.#append({ kind: "FMPadding", ...this.#head("FMPadding", "rtl", output), pad });
  }

  window(
    kernel: readonly [number, number],
    options: {
      stride?: readonly [number, number];
      dilation?: readonly [number, number];
      depthwise?: boolean;
    } = {},
  ): this {
    const { stride = [1, 1], dilation = [1, 1], depthwise = false } = options;
    const { height, width, channels } = mapShape(this.#stream);
    const output = this.#map(
      windowSteps(height, kernel[0], stride[0], dilation[0]),
      windowSteps(width, kernel[1], stride[1], dilation[1]),
      kernel[0] * kernel[1] * channels,
    );
    const head = this.#head("ConvolutionInputGenerator", "rtl", output);
    return this.#append({ kind: "ConvolutionInputGenerator", ...head, kernel, stride, dilation, depthwise });
  }

  /** What comes next reads the map as one vector, pixel by pixel. */
  flatten(): this {
    this.#stream = { ...this.#stream, shape: [1, sizeOf(this.#stream.shape)] };
    return this;
  }

  /** `weights` is `[mh, mw]`. Without an activation the accumulators go out. */
  mvau(weights: Constant, activation: Activation | null, outputType?: DataType): this {
    const [mh = 0, mw = 0] = weights.shape;
    const datatype = this.#layerType(weights, activation, outputType);
    const output = { shape: [...this.#stream.shape.slice(0, -1), mh], datatype };
    const head = this.#head("MVAU", activation ? "hls" : "rtl", output);
    return this.#append({ kind: "MVAU", ...head, mw, mh, weights, activation });
  }

  /** `weights` is `[channels, kh*kw]`; a depthwise window must come before. */
  vvau(
    kernel: readonly [number, number],
    weights: Constant,
    activation: Activation | null,
    outputType?: DataType,
  ): this {
    const [channels = 0] = weights.shape;
    const datatype = this.#layerType(weights, activation, outputType);
    const output = { shape: [...this.#stream.shape.slice(0, -1), channels], datatype };
    const head = this.#head("VVAU", "hls", output);
    return this.#append({ kind: "VVAU", ...head, channels, kernel, weights, activation });
  }

  thresholding(activation: Activation, outputType: DataType): this {
    const [channels = 0] = activation.thresholds.shape;
    const output = { shape: this.#stream.shape, datatype: outputType };
    return this.#append({
      kind: "Thresholding",
      ...this.#head("Thresholding", "rtl", output),
      channels,
      activation,
    });
  }

  /** Sum over the window, shifted right; a depthwise window of this kernel must come before. */
  pool(kernel: readonly [number, number], shift: number): this {
    const size = kernel[0] * kernel[1];
    const { shape, datatype: type } = this.#stream;
    const channels = (shape.at(-1) ?? 0) / size;
    const sum = smallestDataType(type.min * size, type.max * size);
    const datatype = smallestDataType(
      Math.floor((type.min * size) / 2 ** shift),
      Math.floor((type.max * size) / 2 ** shift),
    );
    const output = { shape: [...shape.slice(0, -1), channels], datatype };
    return this.#append({
      kind: "Pool",
      ...this.#head("Pool", "hls", output),
      function: "QuantAvgPool",
      channels,
      kernel,
      accumBits: sum.bits,
      shift,
    });
  }

  channelwise(parameters: Constant): this {
    const { shape, datatype: type } = this.#stream;
    const low = type.min + Math.min(...parameters.data);
    const high = type.max + Math.max(...parameters.data);
    const output = { shape, datatype: smallestDataType(low, high) };
    const [channels = 0] = parameters.shape;
    return this.#append({
      kind: "ChannelwiseOp",
      ...this.#head("ChannelwiseOp", "hls", output),
      function: "add",
      channels,
      parameters,
    });
  }

  labelSelect(k: number): this {
    const { shape } = this.#stream;
    const labels = shape.at(-1) ?? 0;
    // An index of 8, 16, .. bits: the hardware puts labels out in whole bytes.
    const datatype = uint(Math.ceil(Math.max(1, bitLength(labels - 1)) / 8) * 8);
    const output = { shape: [...shape.slice(0, -1), k], datatype };
    return this.#append({
      kind: "LabelSelect",
      ...this.#head("LabelSelect", "hls", output),
      labels,
      k,
    });
  }

  /** A fully connected layer's input: one window as large as the map. Nothing to do for a vector. */
  whole(): this {
    const { height, width } = mapShape(this.#stream);
    return height * width === 1 ? this : this.window([height, width]);
  }

  graph(): DataflowGraph {
    return { name: this.name, input: this.input, nodes: this.#nodes };
  }

  #append(node: DataflowNode): this {
    this.#nodes.push(node);
    this.#stream = node.output;
    return this;
  }

  #head(kind: string, impl: "hls" | "rtl", output: Stream) {
    const prefix = `${kind}_${impl}`;
    const number = this.#numbers.get(prefix) ?? 0;
    this.#numbers.set(prefix, number + 1);
    return { name: `${prefix}_${number}`, impl, input: this.#stream, output } as const;
  }

  #map(height: number, width: number, channels: number): Stream {
    return { shape: [1, height, width, channels], datatype: this.#stream.datatype };
  }

  #layerType(weights: Constant, activation: Activation | null, outputType?: DataType): DataType {
    if (outputType) return outputType;
    if (activation) throw new TypeError("an activation needs its output type");
    const { min, max } = accumulatorRange(weights, this.#stream.datatype);
    return smallestDataType(min, max);
  }
}

/** How many windows of a (dilated) kernel fit along one side. */
export function windowSteps(size: number, kernel: number, stride: number, dilation: number): number {
  return Math.floor((size - dilation * (kernel - 1) - 1) / stride) + 1;
}

/** Thresholds `[channels, steps]` in the smallest type that holds them. */
export function stairs(rows: readonly (readonly number[])[], actVal = 0): Activation {
  const values = rows.flat();
  const datatype = smallestDataType(Math.min(...values), Math.max(...values));
  return { thresholds: constant(datatype, [rows.length, rows[0]?.length ?? 0], values), actVal };
}
