import { accumulatorRangeOf, type Range } from "../../graph/accumulator";
import {
  type Activation,
  type ChannelwiseOp,
  type DataflowGraph,
  type LabelSelect,
  type MVAU,
  type Pool,
  sizeOf,
  type Thresholding,
  type VVAU,
} from "../../graph/dataflow";
import { int } from "../../onnx/attributes";
import type { ElementType, OnnxModel } from "../../onnx/model";
import { checkGraph } from "../input";
import { arrayType } from "./array-type";
import { convolutionOf } from "./convolution";
import { type ComputingNode, type Layer, layersOf, refusal } from "./layers";
import { OnnxBuilder } from "./onnx-builder";
import { channelsFirst, flattened, INPUT, padded, slidingAttributes, writeInput } from "./operators";
import { type ActivationForm, writeActivation } from "./write-activation";

/**
 * The dataflow graph as standard ONNX, and where to find its layers in it: each node's output is
 * an output of the model under the node's name, float32 `[1, C, H, W]`. Padding and sliding windows
 * are part of the convolution that reads them and have no tensor.
 */
export interface StandardOnnx {
  readonly model: OnnxModel;
  /** The one input: `graph.input` as it is, NHWC, in the element type of its array. */
  readonly input: { readonly name: string; readonly elemType: ElementType };
  /** The output with the logits, float32 `[1, C, 1, 1]`. */
  readonly logits: string;
  /** The output with the best classes, int64 `[1, k]`. */
  readonly labels: string;
  /** How the thresholds of each node that has some are written. */
  readonly activations: ReadonlyMap<string, ActivationForm>;
}

/**
 * Writes a dataflow graph as standard ONNX (no custom operators) in float32, and still exact:
 * every tensor holds integers below 2^24, which convolutions add up without rounding in
 * whatever order; a shift is a product with a power of two and a floor; thresholds are lines
 * proven exact, or comparisons.
 *
 * What is proven is the graph as written. A runtime that folds the lines' factors into the
 * convolutions' weights rounds elsewhere: run it with graph optimizations off.
 *
 * Throws `unsupported-model`, naming the node, where a sum can reach 2^24, or where a sliding
 * window feeds a node that does not sum it up.
 */
export function writeStandardOnnx(graph: DataflowGraph): StandardOnnx {
  checkGraph(graph);
  const writer = new ExactWriter(graph);
  for (const layer of layersOf(graph)) writer.write(layer);
  return writer.result();
}

/** Integers below it are exact in float32. */
const EXACT = 2 ** 24;

class ExactWriter {
  readonly #builder: OnnxBuilder;
  readonly #elemType: ElementType;
  readonly #activations = new Map<string, ActivationForm>();
  /** What the next layer reads: a tensor, `[1, C, H, W]`, and the integers it can hold. */
  #tensor: string;
  #range: Range;
  #logits = "";

  constructor(graph: DataflowGraph) {
    const { datatype } = graph.input;
    expectExact("The input", datatype);
    this.#builder = new OnnxBuilder(graph.name);
    this.#elemType = arrayType(datatype);
    this.#tensor = writeInput(this.#builder, graph, this.#elemType);
    this.#range = datatype;
  }

  write(layer: Layer): void {
    const { node } = layer;
    this.#tensor = flattened(this.#builder, this.#tensor, layer);
    switch (node.kind) {
      case "MVAU":
      case "VVAU":
        this.#sums({ ...layer, node });
        break;
      case "Pool":
        this.#pool({ ...layer, node });
        break;
      case "Thresholding":
        this.#tensor = padded(this.#builder, this.#tensor, layer);
        this.#thresholds(node, node.activation, this.#tensor, this.#range);
        break;
      case "ChannelwiseOp":
        this.#tensor = padded(this.#builder, this.#tensor, layer);
        this.#channelwise(node);
        break;
      case "LabelSelect":
        this.#tensor = padded(this.#builder, this.#tensor, layer);
        this.#labelSelect(node);
    }
  }

  result(): StandardOnnx {
    return {
      model: this.#builder.model(),
      input: { name: INPUT, elemType: this.#elemType },
      logits: this.#logits,
      labels: this.#tensor,
      activations: this.#activations,
    };
  }

  #sums(layer: Layer<MVAU | VVAU>): void {
    const { node } = layer;
    const range = sumsOf(node);
    const { weights, attributes } = convolutionOf(layer);
    const inputs = [this.#tensor, this.#builder.constant(weights)];
    if (node.activation) {
      this.#thresholds(node, node.activation, this.#builder.op("Conv", inputs, attributes), range);
    } else {
      this.#builder.op("Conv", inputs, attributes, node.name);
      this.#advance(node, range);
    }
  }

  #thresholds(node: MVAU | VVAU | Thresholding, activation: Activation, tensor: string, range: Range): void {
    const site = { tensor, shape: channelsFirst(node.output), range, output: node.name };
    this.#activations.set(node.name, writeActivation(this.#builder, activation, site));
    const steps = activation.thresholds.shape[1] ?? 0;
    this.#advance(node, { min: activation.actVal, max: activation.actVal + steps });
  }

  /** A sum is a convolution with ones. (An average times its size would round.) */
  #pool(layer: Layer<Pool>): void {
    const { node } = layer;
    const { min, max } = sumsOf(node);
    const shape = [node.channels, 1, ...node.kernel];
    const ones = this.#builder.floats(shape, new Float32Array(sizeOf(shape)).fill(1));
    const attributes = { ...slidingAttributes(layer), group: int(node.channels) };
    const sum = this.#builder.op("Conv", [this.#tensor, ones], attributes);
    const divisor = 2 ** node.shift;
    const shifted = this.#builder.op("Mul", [sum, this.#builder.floats([], [1 / divisor])]);
    this.#builder.op("Floor", [shifted], {}, node.name);
    this.#advance(node, { min: Math.floor(min / divisor), max: Math.floor(max / divisor) });
  }

  #channelwise(node: ChannelwiseOp): void {
    const parameters = Array.from(node.parameters.data);
    const range = {
      min: this.#range.min + parameters.reduce((least, value) => Math.min(least, value)),
      max: this.#range.max + parameters.reduce((most, value) => Math.max(most, value)),
    };
    expectExact(node.name, range);
    const added = this.#builder.floats([1, node.channels, 1, 1], parameters);
    this.#builder.op("Add", [this.#tensor, added], {}, node.name);
    this.#advance(node, range);
  }

  /** TopK, like LabelSelect, puts the lower index first among equals. */
  #labelSelect(node: LabelSelect): void {
    this.#logits = this.#tensor;
    const logits = this.#builder.op("Reshape", [this.#tensor, this.#builder.integers(1, node.labels)]);
    const attributes = { axis: int(-1), largest: int(1), sorted: int(1) };
    const outputs = [`${node.name}/values`, node.name];
    this.#builder.ops("TopK", [logits, this.#builder.integers(node.k)], attributes, outputs);
    this.#builder.output(node.name, "int64", [1, node.k]);
    this.#tensor = node.name;
  }

  /** The output of `node` is a tensor of its name now, and what the next layer reads. */
  #advance(node: ComputingNode, range: Range): void {
    this.#builder.output(node.name, "float32", channelsFirst(node.output));
    this.#tensor = node.name;
    this.#range = range;
  }
}

function sumsOf(node: MVAU | VVAU | Pool): Range {
  const range = accumulatorRangeOf(node);
  if (!range) throw new TypeError(`${node.kind} has no sums`);
  expectExact(node.name, range);
  return range;
}

function expectExact(name: string, { min, max }: Range): void {
  if (Math.max(-min, max) < EXACT) return;
  const furthest = -min > max ? min : max;
  throw refusal(name, `its values can reach ${furthest}, more than a 32-bit float holds exactly`);
}
