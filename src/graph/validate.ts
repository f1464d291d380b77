import { accumulatorRangeOf } from "./accumulator";
import {
  type Activation,
  type Constant,
  type DataflowGraph,
  type DataflowNode,
  mapShape,
  type Stream,
  sizeOf,
} from "./dataflow";

/**
 * Everything that must hold before an engine may trust a graph: nodes fit each other, shapes
 * follow from the parameters, constants lie in their types, thresholds ascend, sums fit 32 bits.
 * Returns one sentence a problem, each naming its node; an empty list means the graph is sound.
 */
export function graphProblems(graph: DataflowGraph): string[] {
  const problems: string[] = [];
  const names = new Set<string>();
  let stream = graph.input;
  for (const node of graph.nodes) {
    const say = (what: string) => problems.push(`${node.name} (${node.kind}): ${what}`);
    if (names.has(node.name)) say("the name occurs twice.");
    names.add(node.name);
    if (!sameStream(node.input, stream)) {
      say(`reads ${streamText(node.input)}, but what comes in is ${streamText(stream)}.`);
    }
    for (const problem of nodeProblems(node)) say(problem);
    stream = node.output;
  }
  if (graph.nodes.length === 0) problems.push("The graph has no nodes.");
  const label = graph.nodes.findIndex((node) => node.kind === "LabelSelect");
  if (label >= 0 && label !== graph.nodes.length - 1) {
    problems.push(`${graph.nodes[label]?.name} (LabelSelect): must be the last node.`);
  }
  return problems;
}

function* nodeProblems(node: DataflowNode): Generator<string> {
  const into = mapShape(node.input);
  const out = mapShape(node.output);
  const expectOut = function* (height: number, width: number, channels: number): Generator<string> {
    if (out.height !== height || out.width !== width || out.channels !== channels) {
      yield `puts out ${streamText(node.output)}, but ${height}x${width}x${channels} follows from its parameters.`;
    }
  };
  const range = accumulatorRangeOf(node);
  if (range && (range.max > 2 ** 31 - 1 || range.min < -(2 ** 31))) {
    yield `its sums can reach [${range.min}, ${range.max}], more than 32 bits hold.`;
  }
  switch (node.kind) {
    case "FMPadding": {
      const { top, left, bottom, right } = node.pad;
      if ([top, left, bottom, right].some((pad) => !isCount(pad, 0))) yield "has a negative padding.";
      if (node.input.datatype.min > 0 || node.input.datatype.name === "BIPOLAR") {
        yield `pads with 0, which ${node.input.datatype.name} does not have.`;
      }
      yield* expectOut(into.height + top + bottom, into.width + left + right, into.channels);
      break;
    }
    case "ConvolutionInputGenerator": {
      const [kh, kw] = node.kernel;
      if (![...node.kernel, ...node.stride, ...node.dilation].every((n) => isCount(n, 1))) {
        yield "kernel, stride and dilation must be whole numbers from 1.";
        return;
      }
      const steps = (size: number, axis: 0 | 1) =>
        Math.floor((size - node.dilation[axis] * (node.kernel[axis] - 1) - 1) / node.stride[axis]) + 1;
      if (steps(into.height, 0) < 1 || steps(into.width, 1) < 1) yield "its window is larger than the map.";
      else yield* expectOut(steps(into.height, 0), steps(into.width, 1), kh * kw * into.channels);
      break;
    }
    case "MVAU":
      if (into.channels !== node.mw) yield `has ${node.mw} inputs a neuron, but ${into.channels} come in.`;
      yield* expectOut(into.height, into.width, node.mh);
      yield* constantProblems("weights", node.weights, [node.mh, node.mw]);
      if (node.activation) yield* activationProblems(node.activation, node.mh, node.output);
      else yield* rangeProblems(range ?? { min: 0, max: 0 }, node.output);
      break;
    case "VVAU": {
      const window = node.kernel[0] * node.kernel[1];
      if (into.channels !== window * node.channels) {
        yield `needs ${window * node.channels} values a pixel, but ${into.channels} come in.`;
      }
      yield* expectOut(into.height, into.width, node.channels);
      yield* constantProblems("weights", node.weights, [node.channels, window]);
      if (node.activation) yield* activationProblems(node.activation, node.channels, node.output);
      else yield* rangeProblems(range ?? { min: 0, max: 0 }, node.output);
      break;
    }
    case "Thresholding":
      yield* expectOut(into.height, into.width, node.channels);
      if (into.channels !== node.channels)
        yield `has ${node.channels} channels, but ${into.channels} come in.`;
      yield* activationProblems(node.activation, node.channels, node.output);
      break;
    case "Pool": {
      const window = node.kernel[0] * node.kernel[1];
      if (into.channels !== window * node.channels) {
        yield `needs ${window * node.channels} values a pixel, but ${into.channels} come in.`;
      }
      if (!isCount(node.shift, 0) || node.shift > 31) yield "has a shift outside 0..31.";
      yield* expectOut(into.height, into.width, node.channels);
      if (range) {
        const scale = 2 ** node.shift;
        yield* rangeProblems(
          { min: Math.floor(range.min / scale), max: Math.floor(range.max / scale) },
          node.output,
        );
      }
      break;
    }
    case "ChannelwiseOp": {
      if (into.channels !== node.channels)
        yield `has ${node.channels} channels, but ${into.channels} come in.`;
      yield* expectOut(into.height, into.width, node.channels);
      yield* constantProblems("parameters", node.parameters, [node.channels]);
      const { min, max } = node.output.datatype;
      if (min < -(2 ** 31) || max > 2 ** 31 - 1)
        yield `puts out ${node.output.datatype.name}, more than 32 bits.`;
      break;
    }
    case "LabelSelect":
      if (sizeOf(node.input.shape) !== node.labels) {
        yield `chooses among ${node.labels} classes, but ${sizeOf(node.input.shape)} values come in.`;
      }
      if (!isCount(node.k, 1) || node.k > node.labels)
        yield `cannot choose ${node.k} of ${node.labels} classes.`;
      if (sizeOf(node.output.shape) !== node.k)
        yield `puts out ${streamText(node.output)}, not ${node.k} classes.`;
      if (node.output.datatype.max < node.labels - 1) {
        yield `${node.output.datatype.name} does not hold ${node.labels} classes.`;
      }
      break;
  }
}

function* constantProblems(what: string, constant: Constant, shape: readonly number[]): Generator<string> {
  if (constant.shape.length !== shape.length || constant.shape.some((dim, i) => dim !== shape[i])) {
    yield `its ${what} are ${constant.shape.join("x")}, expected ${shape.join("x")}.`;
    return;
  }
  if (constant.data.length !== sizeOf(shape)) {
    yield `its ${what} hold ${constant.data.length} values, expected ${sizeOf(shape)}.`;
    return;
  }
  const { min, max, name } = constant.datatype;
  const outside = constant.data.findIndex(
    (value) => value < min || value > max || (name === "BIPOLAR" && value === 0),
  );
  if (outside >= 0) yield `its ${what} have ${constant.data[outside]} at ${outside}, which is no ${name}.`;
}

function* activationProblems(
  { thresholds, actVal }: Activation,
  channels: number,
  output: Stream,
): Generator<string> {
  const steps = thresholds.shape[1] ?? 0;
  yield* constantProblems("thresholds", thresholds, [channels, steps]);
  for (let c = 0; c < channels; c++) {
    for (let s = 1; s < steps; s++) {
      if (thresholds.data[c * steps + s]! < thresholds.data[c * steps + s - 1]!) {
        yield `its thresholds of channel ${c} do not ascend.`;
        return;
      }
    }
  }
  yield* rangeProblems({ min: actVal, max: actVal + steps }, output);
}

function* rangeProblems(range: { min: number; max: number }, output: Stream): Generator<string> {
  const { min, max, name } = output.datatype;
  if (range.min < min || range.max > max) {
    yield `puts out [${range.min}, ${range.max}], which ${name} does not hold.`;
  }
}

const isCount = (value: number, least: number): boolean => Number.isInteger(value) && value >= least;

/** A node may also read a map as one vector `[1, n]`: the values stream in the same order. */
const sameStream = (reads: Stream, comes: Stream): boolean =>
  reads.datatype.name === comes.datatype.name &&
  (reads.shape.join() === comes.shape.join() || reads.shape.join() === [1, sizeOf(comes.shape)].join());

const streamText = (stream: Stream): string => `${stream.shape.join("x")} ${stream.datatype.name}`;
