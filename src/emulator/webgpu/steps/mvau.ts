import { accumulatorRange } from "../../../graph/accumulator";
import type { MVAU } from "../../../graph/dataflow";
import { isSigned, type MapLayout, pixelsOf } from "../layout";
import {
  DOT4_NEURONS,
  packDot4Weights,
  packThresholdsByStep,
  packTileThresholds,
  packTileWeights,
  packWide,
  TILE_NEURONS,
  type WeightMatrix,
} from "../pack";
import { isPointwise, type Operation, type PlannedStep } from "../plan";
import { type KernelCall, mapFields, mapOverrides, windowFields, workgroupsFor } from "./call";
import { activated, elementCall, withThresholds } from "./element";
import { fitsFloat, fitsInt8, type KernelTraits } from "./traits";

export type MvauStep = PlannedStep<Extract<Operation, { readonly kind: "mvau" }>>;

/**
 * Kernels for pointwise layers, most of the network's work. Which is the fastest differs by GPU:
 * - `dot4`: four products an instruction, tiles in workgroup memory;
 * - `lanes`: two pixels in one float;
 * - `float`: one product a float multiply-add.
 */
export const pointwiseVariants = ["dot4", "lanes", "float"] as const;
export type PointwiseVariant = (typeof pointwiseVariants)[number];

/** Pixels of a thread's tile in `tile.wgsl`, and of a workgroup's in `mvau_dot4.wgsl`. */
const TILE_PIXELS = 8;
const DOT4_PIXELS = 32;

/** Is this a layer that the variants compete for? */
export const isPointwiseLayer = (step: PlannedStep): step is MvauStep =>
  step.operation.kind === "mvau" && isPointwise(step) && pixelsOf(step.output.layout) > 1;

/**
 * The fastest kernel that computes the layer exactly: for pointwise layers `preferred`, if it can.
 * Every MVAU has one: the last resort takes any.
 */
export function mvauCall(step: MvauStep, traits: KernelTraits, preferred: PointwiseVariant): KernelCall {
  if (isPointwiseLayer(step)) {
    for (const variant of [preferred, "lanes", "dot4"] as const) {
      const call = pointwiseCall(step, traits, variant);
      if (call) return call;
    }
  }
  return fullyConnectedCall(step) ?? floatCall(step, traits) ?? anyCall(step);
}

/** A pointwise layer by this variant, or null if the variant cannot compute it exactly. */
export function pointwiseCall(
  step: MvauStep,
  traits: KernelTraits,
  variant: PointwiseVariant,
): KernelCall | null {
  switch (variant) {
    case "dot4":
      return dot4Call(step, traits);
    case "lanes":
      return lanesCall(step, traits);
    case "float":
      return floatCall(step, traits);
  }
}

function dot4Call(step: MvauStep, { dot4 }: KernelTraits): KernelCall | null {
  const { node } = step.operation;
  const { layout } = step.input;
  if (!dot4 || layout.form !== "packed" || layout.datatype.max > 127 || !fitsInt8(node.weights)) return null;
  const tiles = Math.ceil(pixelsOf(layout) / DOT4_PIXELS) * Math.ceil(node.mh / DOT4_NEURONS);
  const call: KernelCall = {
    kernel: "mvau_dot4",
    overrides: mapOverrides(step),
    layer: mapFields(step),
    workgroups: tiles,
    constants: () => packDot4Weights(matrixOf(step)),
  };
  const { activation } = node;
  return activation
    ? activated(call, activation, () => packThresholdsByStep(activation, DOT4_NEURONS))
    : call;
}

function lanesCall(step: MvauStep, traits: KernelTraits): KernelCall | null {
  const { layout } = step.input;
  if (isSigned(layout) || layout.datatype.max > 127) return null;
  const call = floatCall(step, traits);
  const block = call && laneBlock(step.operation.node, layout);
  return block ? { ...call, kernel: "mvau_lanes", layer: { ...call.layer, block } } : null;
}

function floatCall(step: MvauStep, { quad }: KernelTraits): KernelCall | null {
  const { node, window } = step.operation;
  if (!isFloatLayer(step)) return null;
  const runs = Math.ceil(pixelsOf(step.output.layout) / (TILE_PIXELS * quad)) * quad;
  const call: KernelCall = {
    kernel: "mvau_float",
    overrides: mapOverrides(step),
    layer: { ...mapFields(step), ...windowFields(window) },
    workgroups: workgroupsFor(runs * Math.ceil(node.mh / TILE_NEURONS)),
    constants: () => packTileWeights(matrixOf(step)),
  };
  const { activation } = node;
  return activation ? activated(call, activation, () => packTileThresholds(activation)) : call;
}

function fullyConnectedCall(step: MvauStep): KernelCall | null {
  const { node } = step.operation;
  if (!isPointwise(step) || pixelsOf(step.output.layout) !== 1 || !isFloatLayer(step)) return null;
  const call: KernelCall = {
    kernel: "fully_connected",
    overrides: mapOverrides(step),
    layer: mapFields(step),
    workgroups: Math.ceil(node.mh / TILE_NEURONS),
    constants: () => packTileWeights(matrixOf(step)),
  };
  return withThresholds(call, node.activation);
}

function anyCall(step: MvauStep): KernelCall {
  const { node, window } = step.operation;
  const call = elementCall("mvau", step, windowFields(window));
  return withThresholds({ ...call, constants: () => packWide(node.weights) }, node.activation);
}

/** Bytes on both sides, and sums that a float holds exactly. */
const isFloatLayer = ({ operation: { node }, input }: MvauStep): boolean =>
  input.layout.form === "packed" &&
  fitsInt8(node.weights) &&
  fitsFloat(accumulatorRange(node.weights, node.input.datatype));

function matrixOf({ operation: { node, window }, input }: MvauStep): WeightMatrix {
  const taps = window.kernel[0] * window.kernel[1];
  return { data: node.weights.data, neurons: node.mh, taps, channels: input.layout.channels };
}

/** No block is longer than this many words: flushing costs nothing any more. */
const LONGEST_BLOCK = 64;

/**
 * How many words (of 4 synapses) may be added up in a 12-bit lane before it must be flushed, for
 * this layer's weights and any unsigned input: in every block of every neuron the positive
 * weights alone stay below 2^11, and the negative ones above -2^11. 0 if not even one may.
 */
export function laneBlock(
  { mw, mh, weights }: Pick<MVAU, "mw" | "mh" | "weights">,
  { datatype, words }: MapLayout,
): number {
  const positive = new Int32Array(mh * words);
  const negative = new Int32Array(mh * words);
  for (let neuron = 0; neuron < mh; neuron++) {
    for (let synapse = 0; synapse < mw; synapse++) {
      const weight = weights.data[neuron * mw + synapse]!;
      const sums = weight > 0 ? positive : negative;
      sums[neuron * words + (synapse >> 2)]! += weight * datatype.max;
    }
  }
  for (let block = Math.min(words, LONGEST_BLOCK); block > 0; block--) {
    if (blocksWithin(positive, words, block, 0x7ff) && blocksWithin(negative, words, block, 0x800))
      return block;
  }
  return 0;
}

/** Is the sum of each block of each row (the last may be shorter) at most `limit` in magnitude? */
function blocksWithin(sums: Int32Array, words: number, block: number, limit: number): boolean {
  for (let row = 0; row < sums.length; row += words) {
    for (let begin = 0; begin < words; begin += block) {
      let sum = 0;
      for (let i = begin; i < Math.min(begin + block, words); i++) sum += sums[row + i]!;
      if (Math.abs(sum) > limit) return false;
    }
  }
  return true;
}
