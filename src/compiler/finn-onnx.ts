import { accumulatorRangeOf } from "../graph/accumulator";
import {
  type Activation,
  type ChannelwiseOp,
  type Constant,
  type ConvolutionInputGenerator,
  type DataflowGraph,
  type DataflowNode,
  type FMPadding,
  type LabelSelect,
  type MVAU,
  mapShape,
  type Pool,
  type Stream,
  sizeOf,
  type Thresholding,
  type VVAU,
} from "../graph/dataflow";
import { bitLength, type DataType, int, smallestDataType, uint } from "../graph/datatype";
import { StreamscopeError } from "../graph/errors";
import { setDatatype, setLayout } from "../onnx/annotations";
import * as attribute from "../onnx/attributes";
import { QONNX_DOMAIN } from "../onnx/domains";
import { makeNode, setShape } from "../onnx/edit";
import type { Attribute, OnnxModel, Tensor } from "../onnx/model";
import { float32Tensor, int64Tensor, transpose } from "../onnx/tensor";
import { quantAvgPoolShift } from "./evaluate/pool";

/** In FINN's files: k is an input of TopK (from 10 on), and axes are attributes (up to 12). */
const OPSET = 11;
/** The file format of that opset's time. */
const IR_VERSION = 6;

/**
 * Writes a dataflow graph in FINN's dialect of ONNX, streamlined: convolutions with integer weights,
 * MultiThresholds with integer thresholds, the average pool, the classifier and TopK, float32 tensors
 * that are annotated with what they hold. The input is `[1, C, H, W]`, integers as they come; the output
 * is the indices of the best classes. No scale is left, so FINN's streamlining changes nothing, and
 * the compiler of this room gives the graph back.
 *
 * Thresholds inside a matrix unit and those of a Thresholding node are written alike: which of the two
 * they become is decided when hardware is made of the file.
 *
 * Throws `unsupported-model`, with the node's name, for what the dialect has no operator for, and for
 * numbers that float32 does not hold.
 */
export function writeFinnOnnx(graph: DataflowGraph): OnnxModel {
  if (graph.nodes.at(-1)?.kind !== "LabelSelect") {
    throw new StreamscopeError(
      "unsupported-model",
      `${graph.name} can not be written as FINN-ONNX: it does not end in a choice of the best classes.`,
    );
  }
  const writer = new FinnOnnxWriter(graph);
  const tail = tailOf(graph);
  for (const [i, node] of graph.nodes.entries()) {
    if (i === tail || node.input.shape.length === 2) writer.flattenFor(node);
    writer.write(node);
  }
  return writer.model;
}

/**
 * Index of the first node that works on one vector: the last matrix product, what is added to it, and
 * the choice of the best. Nodes before it stay maps, even of one pixel: FINN moves a Flatten behind
 * these nodes, but not behind thresholds.
 */
function tailOf({ nodes }: DataflowGraph): number {
  let first = nodes.length - 1;
  while (nodes[first - 1]?.kind === "ChannelwiseOp") first--;
  const product = nodes[first - 1];
  const windowed = nodes[first - 2]?.kind === "ConvolutionInputGenerator";
  if (product?.kind === "MVAU" && !product.activation && !windowed) first--;
  return first;
}

/** How a layer reads its map: window by window, over a margin of zeros. */
interface Window {
  readonly pad: FMPadding["pad"];
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
}

const PIXELS: Window = {
  pad: { top: 0, left: 0, bottom: 0, right: 0 },
  kernel: [1, 1],
  stride: [1, 1],
  dilation: [1, 1],
};

/** An operand of an operator: its values, and the type they are annotated with. */
interface Operand {
  readonly tensor: Tensor;
  readonly datatype: DataType;
}

class FinnOnnxWriter {
  readonly model: OnnxModel;
  /** What the next operator reads; a map is `[1, C, H, W]`. */
  #tensor = "global_in";
  #stream: Stream;
  /** The map that was flattened into the vector at hand; null while it is a map, or was a vector from the start. */
  #flattened: Stream | null = null;
  #pad: FMPadding | null = null;
  #window: ConvolutionInputGenerator | null = null;
  readonly #numbers = new Map<string, number>();

  constructor({ name, input }: DataflowGraph) {
    this.model = {
      irVersion: IR_VERSION,
      producer: "streamscope",
      opsets: new Map([
        ["", OPSET],
        [QONNX_DOMAIN, 1],
      ]),
      graph: {
        name,
        inputs: [{ name: this.#tensor, elemType: "float32", shape: channelsFirst(input) }],
        outputs: [],
        nodes: [],
        initializers: new Map(),
        valueInfo: new Map(),
        annotations: new Map(),
      },
    };
    this.#stream = input;
    this.#annotate(this.#tensor, input);
  }

  /** Makes one vector of the map at hand; does nothing if it is one. */
  flattenFor(node: DataflowNode): void {
    const map = this.#stream;
    if (map.shape.length === 2) return;
    if (this.#window || this.#pad) refuse(node, "it reads windows as one vector");
    const { height, width } = mapShape(map);
    if (node.kind !== "MVAU" && height * width > 1) {
      refuse(node, "it reads a map of several pixels as one vector, and only a matrix product may do that");
    }
    this.#flattened = map;
    this.#append("Flatten", [], { axis: attribute.int(1) }, { ...map, shape: [1, sizeOf(map.shape)] });
  }

  write(node: DataflowNode): void {
    switch (node.kind) {
      case "FMPadding":
        if (this.#window || this.#pad) refuse(node, "something else pads or slides before it");
        this.#pad = node;
        return;
      case "ConvolutionInputGenerator":
        if (this.#window) refuse(node, "it slides over windows");
        this.#window = node;
        return;
      case "MVAU":
        if (this.#stream.shape.length === 2) this.#product(node);
        else this.#convolution(node);
        return;
      case "VVAU":
        this.#convolution(node);
        return;
      case "Pool":
        this.#pool(node);
        return;
      case "Thresholding":
        this.#multiThreshold(node, node.activation);
        return;
      case "ChannelwiseOp":
        this.#add(node);
        return;
      case "LabelSelect":
        this.#topK(node);
    }
  }

  #convolution(node: MVAU | VVAU): void {
    const window = this.#takeWindow();
    const [height, width] = window.kernel;
    const { top, left, bottom, right } = window.pad;
    if (this.#stream.shape.length === 2) refuse(node, "it convolves a vector");
    if (node.kind === "VVAU") expectKernel(node, window);
    const { channels } = mapShape(this.#stream);
    const tensor =
      node.kind === "VVAU"
        ? float32Tensor([channels, 1, height, width], node.weights.data)
        : transpose(float32Tensor([node.mh, height, width, channels], node.weights.data), [0, 3, 1, 2]);
    const attributes = {
      kernel_shape: attribute.ints(window.kernel),
      strides: attribute.ints(window.stride),
      pads: attribute.ints([top, left, bottom, right]),
      dilations: attribute.ints(window.dilation),
      group: attribute.int(node.kind === "VVAU" ? channels : 1),
    };
    this.#append("Conv", [{ tensor, datatype: node.weights.datatype }], attributes, sumsOf(node));
    if (node.activation) this.#multiThreshold(node, node.activation);
  }

  /** The weights `[mh, mw]` become a matrix `[mw, mh]`, its rows in the order in which Flatten reads the map. */
  #product(node: MVAU): void {
    const { weights, mh, mw } = node;
    const { height, width, channels } = this.#flattened
      ? mapShape(this.#flattened)
      : { height: 1, width: 1, channels: mw };
    const byAxis = transpose(float32Tensor([mh, height, width, channels], weights.data), [3, 1, 2, 0]);
    const matrix = { tensor: { ...byAxis, shape: [mw, mh] }, datatype: weights.datatype };
    this.#flattened = null;
    this.#append("MatMul", [matrix], {}, sumsOf(node));
    if (node.activation) this.#multiThreshold(node, node.activation);
  }

  #multiThreshold(node: MVAU | VVAU | Thresholding, activation: Activation): void {
    if (node.kind === "Thresholding") this.#expectPixels(node);
    const { thresholds, scale } = countedSteps(node, activation);
    const attributes = {
      out_dtype: attribute.string(node.output.datatype.name),
      out_scale: attribute.float(scale),
      out_bias: attribute.float(activation.actVal),
      // Of vectors too: qonnx of FINN 0.10 knows no "NC", and means axis 1 by the C here.
      data_layout: attribute.string("NCHW"),
    };
    const operand = exactOperand(node, thresholds, thresholds.shape);
    this.#append("MultiThreshold", [operand], attributes, node.output, QONNX_DOMAIN);
  }

  #pool(node: Pool): void {
    const window = this.#takeWindow();
    expectKernel(node, window);
    const { pad, kernel, stride, dilation } = window;
    if (Object.values(pad).some((side) => side > 0)) refuse(node, "its map is padded");
    if (kernel[0] !== kernel[1] || stride[0] !== stride[1] || dilation.some((step) => step > 1)) {
      refuse(node, "its window is not square");
    }
    const { signed, bits } = this.#stream.datatype;
    const output = node.output.datatype;
    const sumBits = (inputBits: number) => bitLength((2 ** inputBits - 1) * kernel[0] * kernel[1]);
    let inputBits = bits;
    while (sumBits(inputBits) < node.accumBits) inputBits++;
    if (
      sumBits(inputBits) !== node.accumBits ||
      quantAvgPoolShift(inputBits, output.bits, kernel[0]) !== node.shift ||
      (signed ? int : uint)(output.bits).name !== output.name
    ) {
      refuse(node, `it does not shift sums of ${node.accumBits} bits so far that ${output.name} is left`);
    }
    const attributes = {
      kernel: attribute.int(kernel[0]),
      stride: attribute.int(stride[0]),
      ibits: attribute.int(inputBits),
      obits: attribute.int(output.bits),
      signed: attribute.int(signed ? 1 : 0),
      data_layout: attribute.string("NCHW"),
    };
    this.#append("QuantAvgPool2d", [], attributes, node.output, QONNX_DOMAIN);
  }

  #add(node: ChannelwiseOp): void {
    this.#expectPixels(node);
    const shape = this.#stream.shape.length === 4 ? [1, node.channels, 1, 1] : [node.channels];
    this.#append("Add", [exactOperand(node, node.parameters, shape)], {}, node.output);
  }

  #topK(node: LabelSelect): void {
    const { graph } = this.model;
    const name = this.#nodeName("TopK");
    const count = `${name}_param0`;
    const [values, indices] = [`${name}_out0`, "global_out"];
    graph.initializers.set(count, int64Tensor([node.k]));
    const attributes = { axis: attribute.int(-1), largest: attribute.int(1), sorted: attribute.int(1) };
    graph.nodes.push(makeNode("TopK", [this.#tensor, count], [values, indices], attributes, { name }));
    setShape(graph, values, [1, node.k]);
    this.#annotate(values, { shape: [1, node.k], datatype: this.#stream.datatype });
    graph.outputs.push({ name: indices, elemType: "int64", shape: [1, node.k] });
    this.#annotate(indices, { shape: [1, node.k], datatype: uint(32) });
  }

  /** The window through which the next layer reads, which is used up with that. */
  #takeWindow(): Window {
    const { pad = PIXELS.pad } = this.#pad ?? {};
    const { kernel, stride, dilation } = this.#window ?? PIXELS;
    this.#pad = null;
    this.#window = null;
    return { pad, kernel, stride, dilation };
  }

  #expectPixels(node: DataflowNode): void {
    if (this.#window) refuse(node, `it reads the windows of ${this.#window.name}`);
    if (this.#pad) refuse(node, `it reads the map that ${this.#pad.name} pads`);
  }

  /** Appends an operator that reads the tensor at hand and `operands`, and makes its output the tensor at hand. */
  #append(
    opType: string,
    operands: readonly Operand[],
    attributes: Readonly<Record<string, Attribute>>,
    output: Stream,
    domain = "",
  ): void {
    const { graph } = this.model;
    const name = this.#nodeName(opType);
    const constants = operands.map(({ tensor, datatype }, i) => {
      const constant = `${name}_param${i}`;
      graph.initializers.set(constant, tensor);
      setDatatype(graph, constant, datatype.name);
      return constant;
    });
    const result = `${name}_out0`;
    graph.nodes.push(makeNode(opType, [this.#tensor, ...constants], [result], attributes, { name, domain }));
    // The vectors of FINN's graphs are maps of one pixel; here they are vectors from the Flatten on.
    const isVector = opType === "Flatten" || this.#stream.shape.length === 2;
    const stream = isVector ? { ...output, shape: [1, sizeOf(output.shape)] } : output;
    setShape(graph, result, channelsFirst(stream));
    this.#annotate(result, stream);
    this.#tensor = result;
    this.#stream = stream;
  }

  #annotate(tensor: string, { shape, datatype }: Stream): void {
    setDatatype(this.model.graph, tensor, datatype.name);
    setLayout(this.model.graph, tensor, shape.length === 4 ? ["N", "C", "H", "W"] : ["N", "C"]);
  }

  /** FINN's names: operator and number. */
  #nodeName(opType: string): string {
    const number = this.#numbers.get(opType) ?? 0;
    this.#numbers.set(opType, number + 1);
    return `${opType}_${number}`;
  }
}

/** `[1, C, H, W]` of a map, `[1, n]` of a vector. */
function channelsFirst(stream: Stream): number[] {
  if (stream.shape.length === 2) return [...stream.shape];
  const { height, width, channels } = mapShape(stream);
  return [1, channels, height, width];
}

/** The sums of a unit, before any thresholds, and a type that holds them. */
function sumsOf(node: MVAU | VVAU): Stream {
  if (!node.activation) return node.output;
  const { min, max } = accumulatorRangeOf(node) ?? { min: 0, max: 0 };
  return { shape: node.output.shape, datatype: smallestDataType(min, max) };
}

/**
 * Thresholds and the factor on their count. BIPOLAR values are -1 and 1: hardware counts each threshold
 * twice from -1 on, the dialect counts once and doubles.
 */
function countedSteps(
  node: DataflowNode,
  { thresholds, actVal }: Activation,
): { thresholds: Constant; scale: number } {
  if (node.output.datatype.name !== "BIPOLAR") return { thresholds, scale: 1 };
  const [rows = 0, steps = 0] = thresholds.shape;
  const { data, datatype } = thresholds;
  const pairs = steps === 2 && data.every((t, i) => i % 2 === 0 || t === data[i - 1]);
  if (!pairs || actVal !== -1) refuse(node, "its output is BIPOLAR, but can be 0");
  return {
    thresholds: { shape: [rows, 1], datatype, data: data.filter((_, i) => i % 2 === 0) },
    scale: 2,
  };
}

function exactOperand(node: DataflowNode, constant: Constant, shape: readonly number[]): Operand {
  const inexact = constant.data.find((value) => Math.fround(value) !== value);
  if (inexact !== undefined) refuse(node, `it compares with or adds ${inexact}, which float32 does not hold`);
  return { tensor: float32Tensor(shape, constant.data), datatype: constant.datatype };
}

function expectKernel(node: VVAU | Pool, { kernel }: Window): void {
  if (kernel.join() === node.kernel.join()) return;
  refuse(node, `no ${node.kernel.join("x")} window comes right before it`);
}

function refuse(node: DataflowNode, reason: string): never {
  const { name, kind } = node;
  throw new StreamscopeError(
    "unsupported-model",
    `${name} (${kind}) can not be written as FINN-ONNX: ${reason}.`,
    { node: name, op: kind, reason },
  );
}
