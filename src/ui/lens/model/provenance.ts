import { mapShape } from "../../../graph/dataflow";
import type { Folded } from "../../../hardware/model";
import { windowGeometry } from "../../../hardware/sliding-window";
import { coordinatesIn } from "./beats";
import { type Chain, sumOf, times, unpadded, valueOn, windowSource } from "./chain";
import type { Place, ProductPlace, SumPlace, ValuePlace } from "./place";
import { isReducer, type Reduction, reductionOf } from "./reduction";
import { climb } from "./staircase";

/** Where a number came from, and where it goes. */
export interface Provenance {
  readonly value: number;
  /** The numbers that it follows from; none for a constant and for what comes into the chain. */
  readonly sources: readonly Place[];
  /** The numbers of this chain that follow from it. */
  readonly consumers: readonly Place[];
}

/** The number at a place. */
export function numberAt(chain: Chain, place: Place): number {
  switch (place.kind) {
    case "value":
      return valueOn(chain, place.edge, place.index);
    case "weight": {
      const { weights, terms } = reductionAt(chain, place.node);
      return weights ? (weights[place.channel * terms + place.term] ?? 0) : 1;
    }
    case "product":
      return times(inputOf(chain, place), numberAt(chain, { ...place, kind: "weight" }));
    case "sum": {
      const reduction = reductionAt(chain, place.node);
      const output = place.pixel * reduction.channels + place.channel;
      return sumOf(reduction, (index) => valueOn(chain, place.node, index), output, place.terms);
    }
    case "threshold": {
      const activation = activationAt(chain, place.node);
      const steps = activation?.thresholds.shape[1] ?? 0;
      return activation?.thresholds.data[place.channel * steps + place.step] ?? 0;
    }
    case "parameter": {
      const folded = nodeAt(chain, place.node);
      return folded.kind === "ChannelwiseOp" ? (folded.node.parameters.data[place.channel] ?? 0) : 0;
    }
  }
}

/** Where the number at a place came from and where it goes. */
export function provenanceOf(chain: Chain, place: Place): Provenance {
  return {
    value: numberAt(chain, place),
    sources: sourcesOf(chain, place),
    consumers: consumersOf(chain, place),
  };
}

function sourcesOf(chain: Chain, place: Place): Place[] {
  switch (place.kind) {
    case "value":
      return place.edge === 0 ? [] : sourcesOfOutput(chain, place.edge - 1, place.index);
    case "product":
      // A pool only adds: what it adds is the value itself.
      return reductionAt(chain, place.node).weights
        ? [inputPlace(chain, place), { ...place, kind: "weight" }]
        : [inputPlace(chain, place)];
    case "sum":
      return Array.from({ length: place.terms }, (_, term) => ({ ...place, kind: "product", term }) as const);
    default:
      return [];
  }
}

function sourcesOfOutput(chain: Chain, node: number, index: number): Place[] {
  const folded = nodeAt(chain, node);
  const input = (at: number): ValuePlace => ({ kind: "value", edge: node, index: at });
  switch (folded.kind) {
    case "FMPadding": {
      const from = unpadded(folded, index);
      return from === null ? [] : [input(from)];
    }
    case "ConvolutionInputGenerator":
      return [input(windowSource(folded, index))];
    case "Thresholding": {
      const channel = index % folded.node.channels;
      return [input(index), ...neighbouringSteps(chain, node, channel, valueOn(chain, node, index))];
    }
    case "ChannelwiseOp":
      return [input(index), { kind: "parameter", node, channel: index % folded.node.channels }];
    case "LabelSelect":
      return [input(valueOn(chain, node + 1, index))];
    default: {
      const { channels, terms } = reductionOf(folded);
      const channel = index % channels;
      const sum: SumPlace = { kind: "sum", node, pixel: Math.floor(index / channels), channel, terms };
      return [sum, ...neighbouringSteps(chain, node, channel, numberAt(chain, sum))];
    }
  }
}

/** The threshold that a sum reached last, and the first that it did not. */
function neighbouringSteps(chain: Chain, node: number, channel: number, sum: number): Place[] {
  const activation = activationAt(chain, node);
  if (!activation) return [];
  const { thresholds, reached } = climb(activation, channel, sum);
  return [reached - 1, reached]
    .filter((step) => step >= 0 && step < thresholds.length)
    .map((step) => ({ kind: "threshold", node, channel, step }));
}

function consumersOf(chain: Chain, place: Place): Place[] {
  switch (place.kind) {
    case "value":
      return chain.nodes[place.edge] ? consumersOfInput(chain, place.edge, place.index) : [];
    case "product": {
      const { simd } = reductionAt(chain, place.node);
      const { node, pixel, channel, term } = place;
      return [{ kind: "sum", node, pixel, channel, terms: (Math.floor(term / simd) + 1) * simd }];
    }
    case "sum": {
      const { channels, terms, simd } = reductionAt(chain, place.node);
      if (place.terms < terms) return [{ ...place, terms: Math.min(terms, place.terms + simd) }];
      const index = place.pixel * channels + place.channel;
      return [{ kind: "value", edge: place.node + 1, index }];
    }
    default:
      // A constant goes into every pixel of its channel.
      return [];
  }
}

function consumersOfInput(chain: Chain, node: number, index: number): Place[] {
  const folded = nodeAt(chain, node);
  const output = (at: number): ValuePlace => ({ kind: "value", edge: node + 1, index: at });
  switch (folded.kind) {
    case "FMPadding": {
      const { row, column, channel } = coordinatesIn(folded.node.input, index);
      const { width, channels } = mapShape(folded.node.output);
      const { top, left } = folded.node.pad;
      return [output(((row + top) * width + column + left) * channels + channel)];
    }
    case "ConvolutionInputGenerator":
      return windowsWith(folded, index).map(output);
    case "MVAU": {
      const { mw, mh } = folded.node;
      const [pixel, term] = [Math.floor(index / mw), index % mw];
      return Array.from({ length: mh }, (_, channel) => ({ kind: "product", node, pixel, channel, term }));
    }
    case "VVAU":
    case "Pool": {
      const { channels, terms } = reductionOf(folded);
      const window = Math.floor(index / channels);
      const [pixel, term] = [Math.floor(window / terms), window % terms];
      return [{ kind: "product", node, pixel, channel: index % channels, term }];
    }
    case "Thresholding":
    case "ChannelwiseOp":
      return [output(index)];
    case "LabelSelect": {
      const { k } = folded.node;
      return Array.from({ length: k }, (_, place) => output(place)).filter(
        (place) => valueOn(chain, node + 1, place.index) === index,
      );
    }
  }
}

/** All positions in the windows' tensor at which a value of the map stands. */
function windowsWith(folded: Folded<"ConvolutionInputGenerator">, index: number): number[] {
  const g = windowGeometry(folded);
  const { row, column, channel } = coordinatesIn(folded.node.input, index);
  const found: number[] = [];
  for (let tap = 0; tap < g.window; tap++) {
    const y = (row - Math.floor(tap / g.kernelWidth) * g.dilationHeight) / g.strideHeight;
    const x = (column - (tap % g.kernelWidth) * g.dilationWidth) / g.strideWidth;
    const isWindow = Number.isInteger(y) && Number.isInteger(x);
    if (!isWindow || y < 0 || x < 0 || y >= g.outHeight || x >= g.outWidth) continue;
    found.push(((y * g.outWidth + x) * g.window + tap) * g.channels + channel);
  }
  return found.sort((a, b) => a - b);
}

function inputPlace(chain: Chain, { node, pixel, channel, term }: ProductPlace): ValuePlace {
  return {
    kind: "value",
    edge: node,
    index: reductionAt(chain, node).inputIndex(pixel, channel, term),
  };
}

const inputOf = (chain: Chain, product: ProductPlace): number =>
  valueOn(chain, product.node, inputPlace(chain, product).index);

function activationAt(chain: Chain, node: number) {
  const folded = nodeAt(chain, node);
  return "activation" in folded.node ? folded.node.activation : null;
}

function reductionAt(chain: Chain, node: number): Reduction {
  const folded = nodeAt(chain, node);
  if (!isReducer(folded)) throw new RangeError(`node ${node} of the chain does not add up`);
  return reductionOf(folded);
}

function nodeAt({ nodes }: Chain, node: number): Folded {
  const folded = nodes[node];
  if (!folded) throw new RangeError(`the chain has no node ${node}`);
  return folded;
}
