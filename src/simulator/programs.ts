import { mapShape } from "../graph/dataflow";
import type { Folded } from "../hardware/model";
import { foldedInput, foldedOutput } from "../hardware/models";
import type { LoopProgram, Run } from "./loop";

const takeAndGive = (steps: number): Run => ({ steps, compute: 0, takes: true, gives: true });
const take = (steps: number): Run => ({ steps, compute: 0, takes: true, gives: false });
const give = (steps: number): Run => ({ steps, compute: 0, takes: false, gives: true });

/** The loop of a node that takes and gives beat for beat. */
export const passThrough = (beats: number): LoopProgram => [{ times: 1, runs: [takeAndGive(beats)] }];

/** The input DMA: a beat a cycle if there is room. */
export const source = (beats: number): LoopProgram => [{ times: 1, runs: [give(beats)] }];

/** The output DMA: takes whatever comes. */
export const sink = (beats: number): LoopProgram => [{ times: 1, runs: [take(beats)] }];

/** Zeros go out where the frame has a border; elsewhere a beat goes through. */
export function fmPaddingProgram({ node, folding }: Folded<"FMPadding">): LoopProgram {
  const { height, width, channels } = mapShape(node.input);
  const fold = channels / folding.SIMD;
  const { top, left, bottom, right } = node.pad;
  const row = (left + width + right) * fold;
  return [
    { times: top, runs: [give(row)] },
    { times: height, runs: [give(left * fold), takeAndGive(width * fold), give(right * fold)] },
    { times: bottom, runs: [give(row)] },
  ];
}

/**
 * For each pixel: the first neuron fold takes the input vector, a beat a synapse fold, and keeps it;
 * the other neuron folds compute from what is kept. Each neuron fold ends with a beat out.
 */
export function mvauProgram({ node, folding }: Folded<"MVAU">): LoopProgram {
  const { height, width } = mapShape(node.input);
  const synapseFold = node.mw / folding.SIMD;
  const neuronFold = node.mh / folding.PE;
  const computed: Run = { steps: neuronFold - 1, compute: synapseFold - 1, takes: false, gives: true };
  return [{ times: height * width, runs: [take(synapseFold - 1), takeAndGive(1), computed] }];
}

/** Every beat out takes the same number of beats in: the window of a VVAU or of a pool. */
export function reduceProgram(folded: Folded<"VVAU"> | Folded<"Pool">): LoopProgram {
  const beatsOut = beats(foldedOutput(folded));
  const window = beats(foldedInput(folded)) / beatsOut;
  return [{ times: beatsOut, runs: [take(window - 1), takeAndGive(1)] }];
}

/** Beats a frame of a folded shape. */
export function beats(foldedShape: readonly number[]): number {
  return foldedShape.slice(0, -1).reduce((product, dim) => product * dim, 1);
}
