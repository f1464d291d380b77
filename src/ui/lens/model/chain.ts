import { mapShape, type NodeKind, type Stream } from "../../../graph/dataflow";
import type { Folded } from "../../../hardware/model";
import { windowGeometry } from "../../../hardware/sliding-window";
import { coordinatesIn } from "./beats";
import { bestLabels } from "./best-labels";
import { type Reducer, type Reduction, reductionOf } from "./reduction";
import { climb } from "./staircase";
import type { Values } from "./values";

/** Nodes in stream order, and the numbers on the edges around them. */
export interface Chain {
  readonly nodes: readonly Folded[];
  /** One more than nodes: what node e takes is on edge e, what it puts out on edge e + 1. */
  readonly edges: readonly Values[];
}

/**
 * Puts numbers on all edges of a chain. `tapOf` has the emulator's output of a node; where it has
 * none, the number follows from the edge before: what a node moves is what it was given, and a sum
 * without thresholds is added up.
 */
export function chainOf(
  nodes: readonly Folded[],
  source: Values,
  tapOf: (index: number) => Values | null,
): Chain {
  const edges: Values[] = [source];
  for (const [i, folded] of nodes.entries()) {
    const before = edges[i] ?? source;
    edges.push(tapOf(i) ?? ((index) => outputValue(folded, before, index)));
  }
  return { nodes, edges };
}

/** The stream on an edge of a chain. */
export function streamOn({ nodes }: Pick<Chain, "nodes">, edge: number): Stream {
  const stream = nodes[edge]?.node.input ?? nodes[edge - 1]?.node.output;
  if (!stream) throw new RangeError(`the chain has no edge ${edge}`);
  return stream;
}

/** The number at a position on an edge. */
export function valueOn({ edges }: Pick<Chain, "edges">, edge: number, index: number): number {
  const values = edges[edge];
  if (!values) throw new RangeError(`the chain has no edge ${edge}`);
  return values(index);
}

/** One number that a node puts out, from what it takes. */
export function outputValue(folded: Folded, input: Values, index: number): number {
  switch (folded.kind) {
    case "FMPadding": {
      const from = unpadded(folded, index);
      return from === null ? 0 : input(from);
    }
    case "ConvolutionInputGenerator":
      return input(windowSource(folded, index));
    case "MVAU":
    case "VVAU":
    case "Pool":
      return reduced(folded, input, index);
    case "Thresholding":
      return climb(folded.node.activation, index % folded.node.channels, input(index)).value;
    case "ChannelwiseOp":
      return input(index) + (folded.node.parameters.data[index % folded.node.channels] ?? 0);
    case "LabelSelect":
      return bestLabels(input, folded.node.labels, folded.node.k)[index]?.label ?? 0;
  }
}

/** Where a position of a padded map comes from; null in the padding. */
export function unpadded({ node }: Folded<"FMPadding">, index: number): number | null {
  const { row, column, channel } = coordinatesIn(node.output, index);
  const { height, width, channels } = mapShape(node.input);
  const [y, x] = [row - node.pad.top, column - node.pad.left];
  if (y < 0 || x < 0 || y >= height || x >= width) return null;
  return (y * width + x) * channels + channel;
}

/** Which value of the map stands at a position of the windows. */
export function windowSource(folded: Folded<"ConvolutionInputGenerator">, index: number): number {
  const g = windowGeometry(folded);
  const channel = index % g.channels;
  const inWindows = Math.floor(index / g.channels);
  const tap = inWindows % g.window;
  const pixel = Math.floor(inWindows / g.window);
  const row =
    Math.floor(pixel / g.outWidth) * g.strideHeight + Math.floor(tap / g.kernelWidth) * g.dilationHeight;
  const column = (pixel % g.outWidth) * g.strideWidth + (tap % g.kernelWidth) * g.dilationWidth;
  return (row * g.width + column) * g.channels + channel;
}

/** A product as integers have it: JavaScript's numbers would give -0 for 0 times a negative weight. */
export const times = (input: number, weight: number): number => input * weight + 0;

/** The accumulator of one output after so many of its terms. */
export function sumOf(reduction: Reduction, input: Values, output: number, terms: number): number {
  const { channels, terms: all, weights, inputIndex } = reduction;
  const channel = output % channels;
  const pixel = Math.floor(output / channels);
  let sum = 0;
  for (let term = 0; term < terms; term++) {
    sum += input(inputIndex(pixel, channel, term)) * (weights ? weights[channel * all + term]! : 1);
  }
  return sum;
}

function reduced(folded: Reducer, input: Values, index: number): number {
  const reduction = reductionOf(folded);
  const { channels, terms, activation, shift } = reduction;
  const sum = sumOf(reduction, input, index, terms);
  return activation ? climb(activation, index % channels, sum).value : sum >> shift;
}

/** The nodes of a chain that compute: their outputs are worth tapping. */
export const computes = (kind: NodeKind): boolean =>
  kind !== "FMPadding" && kind !== "ConvolutionInputGenerator";
