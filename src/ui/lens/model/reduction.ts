import { type Activation, type IntegerArray, mapShape } from "../../../graph/dataflow";
import type { Folded } from "../../../hardware/model";

/** The nodes that add up: many values in make one out. */
export type Reducer = Folded<"MVAU"> | Folded<"VVAU"> | Folded<"Pool">;

/**
 * How a node adds up: for every pixel, `channels` sums of `terms` terms each, PE sums side by side and
 * SIMD terms of each a cycle. FINN: the neuron fold is the outer loop, the synapse fold the inner one.
 */
export interface Reduction {
  readonly pixels: number;
  readonly channels: number;
  readonly terms: number;
  readonly pe: number;
  readonly simd: number;
  /** Which value of the input tensor a term takes. */
  inputIndex(pixel: number, channel: number, term: number): number;
  /** `[channels, terms]`; null for a pool, which only adds. */
  readonly weights: IntegerArray | null;
  readonly activation: Activation | null;
  /** Bits that the sum is shifted right by, rounding down: a pool's division. */
  readonly shift: number;
}

export const isReducer = (folded: Folded): folded is Reducer =>
  folded.kind === "MVAU" || folded.kind === "VVAU" || folded.kind === "Pool";

/** How a node that adds up does so. */
export function reductionOf(folded: Reducer): Reduction {
  const { height, width } = mapShape(folded.node.output);
  const pixels = height * width;
  if (folded.kind === "MVAU") {
    const { mh, mw, weights, activation } = folded.node;
    const { PE: pe, SIMD: simd } = folded.folding;
    const inputIndex = (pixel: number, _channel: number, term: number) => pixel * mw + term;
    return {
      pixels,
      channels: mh,
      terms: mw,
      pe,
      simd,
      inputIndex,
      weights: weights.data,
      activation,
      shift: 0,
    };
  }
  const { channels, kernel } = folded.node;
  const terms = kernel[0] * kernel[1];
  const inputIndex = (pixel: number, channel: number, term: number) =>
    (pixel * terms + term) * channels + channel;
  const pooled = folded.kind === "Pool";
  return {
    pixels,
    channels,
    terms,
    pe: folded.folding.PE,
    simd: pooled ? 1 : folded.folding.SIMD,
    inputIndex,
    weights: pooled ? null : folded.node.weights.data,
    activation: pooled ? null : folded.node.activation,
    shift: pooled ? folded.node.shift : 0,
  };
}

/** What of the sums a node does in one cycle. Counts start at 0. */
export interface Iteration {
  readonly frame: number;
  readonly pixel: number;
  readonly neuronFold: number;
  readonly synapseFold: number;
}

/** Neuron folds and synapse folds of a node. */
export function foldsOf({ channels, terms, pe, simd }: Reduction): { neuron: number; synapse: number } {
  return { neuron: channels / pe, synapse: terms / simd };
}

/** What a node that adds up does in its nth busy cycle: it is in one fold in each of them. */
export function iterationAt(reduction: Reduction, nth: number): Iteration {
  const { neuron, synapse } = foldsOf(reduction);
  const aPixel = neuron * synapse;
  const aFrame = aPixel * reduction.pixels;
  const inFrame = nth % aFrame;
  const inPixel = inFrame % aPixel;
  return {
    frame: Math.floor(nth / aFrame),
    pixel: Math.floor(inFrame / aPixel),
    neuronFold: Math.floor(inPixel / synapse),
    synapseFold: inPixel % synapse,
  };
}
