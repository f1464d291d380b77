import { type Chain, sumOf, times, valueOn } from "./chain";
import { type Iteration, iterationAt, type Reducer, type Reduction, reductionOf } from "./reduction";

/** A product of the tile: an input, its weight (1 in a pool), and both multiplied. */
export interface Term {
  readonly term: number;
  /** Position in the input's tensor. */
  readonly inputIndex: number;
  readonly input: number;
  readonly weight: number;
  readonly product: number;
}

/** One of the PE sums that a node works on side by side. */
export interface Lane {
  readonly channel: number;
  /** Position of its result in the output's tensor. */
  readonly outputIndex: number;
  /** SIMD of them. */
  readonly terms: readonly Term[];
  /** The accumulator before and after these terms; it starts at 0 with the first synapse fold. */
  readonly before: number;
  readonly after: number;
}

/** What a node that adds up does in one cycle. */
export interface Tile {
  readonly reduction: Reduction;
  readonly iteration: Iteration;
  /** Is this the last synapse fold, after which the results go out? */
  readonly finishes: boolean;
}

/** The PE x SIMD tile that a node works on in its nth busy cycle. */
export function tileAt(folded: Reducer, nth: number): Tile {
  const reduction = reductionOf(folded);
  const iteration = iterationAt(reduction, nth);
  const finishes = (iteration.synapseFold + 1) * reduction.simd === reduction.terms;
  return { reduction, iteration, finishes };
}

/** One lane of a node's tile, 0 to PE - 1. */
export function laneOf(chain: Chain, node: number, { reduction, iteration }: Tile, pe: number): Lane {
  const { channels, terms: all, simd, weights, inputIndex } = reduction;
  const { pixel, neuronFold, synapseFold } = iteration;
  const channel = neuronFold * reduction.pe + pe;
  const outputIndex = pixel * channels + channel;
  const first = synapseFold * simd;
  const terms = Array.from({ length: simd }, (_, s): Term => {
    const term = first + s;
    const index = inputIndex(pixel, channel, term);
    const input = valueOn(chain, node, index);
    const weight = weights ? weights[channel * all + term]! : 1;
    return { term, inputIndex: index, input, weight, product: times(input, weight) };
  });
  const before = sumOf(reduction, (index) => valueOn(chain, node, index), outputIndex, first);
  const after = terms.reduce((sum, { product }) => sum + product, before);
  return { channel, outputIndex, terms, before, after };
}
