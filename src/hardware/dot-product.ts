import type { DataType } from "../graph/datatype";
import type { FoldingOf } from "./attributes";

/** What MVAU and VVAU are to the estimates: PE x SIMD multipliers over a memory of weights. */
export interface DotProduct {
  readonly folding: FoldingOf["MVAU"] | FoldingOf["VVAU"];
  readonly input: DataType;
  readonly weights: DataType;
  readonly accumulator: DataType;
  /** Products a neuron adds: MW, or the window. */
  readonly synapses: number;
  /** Words of the weight memory, FINN's WMEM (its estimates say omega). */
  readonly weightDepth: number;
}

/** Bits of a word of the weight memory: what PE x SIMD multipliers need a cycle. */
export const weightWordBits = ({
  folding: { PE, SIMD },
  weights,
}: Pick<DotProduct, "folding" | "weights">): number => PE * SIMD * weights.bits;

/** The accumulator bits that FINN's LUT estimate counts: those of the type, or of the widths if that is less. */
export function estimatedAccumulatorBits({ synapses, weights, input, accumulator }: DotProduct): number {
  const alpha = Math.log2(synapses) + weights.bits + input.bits - 1 - (input.signed ? 1 : 0);
  return Math.min(accumulator.bits, Math.ceil(alpha + Math.log2(1 + 2 ** -alpha) + 1));
}

/**
 * LUTs of the HLS form: FINN's lut_estimation of MVAU_hls and VVAU_hls, which differ in what the
 * thresholds of a PE cost. Multipliers of LUTs, their adders, the accumulator; 300 for control.
 */
export function hlsLuts(unit: DotProduct, thresholdLutsPerPe: number): number {
  const { PE, SIMD, resType, ram_style, mem_mode } = unit.folding;
  const productBits = unit.weights.bits + unit.input.bits;
  const multipliers = resType === "dsp" ? 0 : SIMD * (2 * Math.ceil(productBits / 6) - 1) * productBits;
  const adders = productBits * (2 * SIMD - 1);
  const inLuts =
    (mem_mode === "internal_decoupled" && ram_style === "distributed") ||
    (mem_mode === "internal_embedded" && unit.weightDepth <= 128);
  const weightLuts = inLuts ? weightWordBits(unit) * Math.ceil(unit.weightDepth / 64) : 0;
  const perPe = multipliers + adders + estimatedAccumulatorBits(unit) + thresholdLutsPerPe;
  return Math.trunc(300 + 1.1 * PE * perPe + weightLuts);
}

/** LUTs of the comparators of a PE: each step of the activation compares one accumulator. */
export const comparatorLuts = (unit: DotProduct, output: DataType): number =>
  (2 ** output.bits - 1) * estimatedAccumulatorBits(unit);
