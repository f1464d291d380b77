import { accumulatorRange, type Range } from "../graph/accumulator";
import type {
  Constant,
  DataflowGraph,
  DataflowNode,
  IntegerArray,
  MVAU,
  Stream,
  VVAU,
} from "../graph/dataflow";
import { type DataType, dataType, smallestDataType, uint } from "../graph/datatype";

/**
 * Where the widths of weights and sums come from: `from-weights`, FINN's MinimizeWeightBitWidth
 * and MinimizeAccumulatorWidth on the real weights, or `type-bound`, the worst case of the
 * annotated types, which needs no weights and is what FINN's folding files were made with.
 */
export type Widths = "from-weights" | "type-bound";

/** A node whose streams and weights have the hardware's types, and the type of its sums. */
export interface TypedNode {
  readonly node: DataflowNode;
  readonly accumulator: DataType | null;
}

/**
 * Gives every stream the type it has in hardware. Nodes named in `runtimeWriteable` get weights at
 * run time, so their types must hold whatever the annotated weight type holds.
 */
export function withHardwareTypes(
  graph: DataflowGraph,
  widths: Widths,
  runtimeWriteable: ReadonlySet<string>,
): TypedNode[] {
  let datatype = graph.input.datatype;
  const lastName = graph.nodes.at(-1)?.name;
  return graph.nodes.map((untyped) => {
    const node = { ...untyped, input: { ...untyped.input, datatype } };
    const typed = typeNode(node, widths, runtimeWriteable.has(node.name), node.name === lastName);
    datatype = typed.node.output.datatype;
    return typed;
  });
}

function typeNode(node: DataflowNode, widths: Widths, writeable: boolean, last: boolean): TypedNode {
  const puttingOut = (datatype: DataType): Stream => ({ ...node.output, datatype });
  switch (node.kind) {
    case "FMPadding":
    case "ConvolutionInputGenerator":
      return { node: { ...node, output: puttingOut(node.input.datatype) }, accumulator: null };
    case "MVAU":
    case "VVAU": {
      const weights = typedWeights(node.weights, widths, writeable);
      const range = sumRange({ ...node, weights }, widths, writeable);
      const accumulator = smallestDataType(range.min, range.max);
      const out = last ? toWholeBytes(accumulator) : accumulator;
      const output = node.activation ? node.output : puttingOut(out);
      return { node: { ...node, weights, output }, accumulator };
    }
    case "ChannelwiseOp": {
      const output = puttingOut(addedType(node.input.datatype, node.parameters, widths));
      return { node: { ...node, output }, accumulator: null };
    }
    case "LabelSelect": {
      const output = puttingOut(toWholeBytes(smallestDataType(0, node.labels - 1)));
      return { node: { ...node, output }, accumulator: null };
    }
    default:
      return { node, accumulator: null };
  }
}

/** FINN: MinimizeWeightBitWidth, which leaves weights alone that come at run time. */
function typedWeights(weights: Constant, widths: Widths, writeable: boolean): Constant {
  if (widths === "type-bound" || writeable) return weights;
  const { min, max } = extremes(weights);
  const datatype = weights.datatype.bits === 1 ? weights.datatype : smallestDataType(min, max);
  return { ...weights, datatype };
}

/**
 * FINN: MinimizeAccumulatorWidth. Thresholds beyond the range are clipped into it, so they never widen it.
 * The type bound is that of narrow weights, [-7, 7] for INT4, as Brevitas exports them; weights of
 * run time may use the whole type.
 */
function sumRange(node: MVAU | VVAU, widths: Widths, writeable: boolean): Range {
  const { weights, input } = node;
  if (widths === "from-weights" && !writeable) {
    return once(weights, input.datatype.name, () => accumulatorRange(weights, input.datatype));
  }
  const { min, max, signed } = weights.datatype;
  const least = signed && !writeable ? -max : min;
  const synapses = weights.shape[1] ?? 0;
  const products = [least, max].flatMap((w) => [w * input.datatype.min, w * input.datatype.max]);
  return {
    min: Math.min(0, synapses * Math.min(...products)),
    max: Math.max(0, synapses * Math.max(...products)),
  };
}

/**
 * Type of a ChannelwiseOp's sums. FINN makes the node from an `Add` whose input is still INT32 and
 * does not look again when the accumulator before it becomes narrower: INT33 comes out. With real
 * weights the type follows from what really comes in.
 */
function addedType(input: DataType, parameters: Constant, widths: Widths): DataType {
  const from = widths === "type-bound" ? dataType("INT32") : input;
  const { min, max } = extremes(parameters);
  return smallestDataType(from.min + Math.min(0, min), from.max + Math.max(0, max));
}

function extremes(constant: Constant): Range {
  return once(constant, "extremes", () => {
    let min = constant.data[0] ?? 0;
    let max = min;
    for (const value of constant.data) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    return { min, max };
  });
}

/** What is known of a constant's values. A folding never changes them, and there are millions. */
const known = new WeakMap<IntegerArray, Map<string, Range>>();

function once({ data }: Constant, what: string, find: () => Range): Range {
  const ranges = known.get(data) ?? new Map<string, Range>();
  known.set(data, ranges);
  const range = ranges.get(what) ?? find();
  ranges.set(what, range);
  return range;
}

/** What leaves the accelerator is read by software, in whole bytes. */
function toWholeBytes(type: DataType): DataType {
  const bits = Math.ceil(type.bits / 8) * 8;
  return type.signed ? dataType(`INT${bits}`) : uint(bits);
}
