import { mapShape } from "../graph/dataflow";
import { comparatorLuts, type DotProduct, hlsLuts, weightWordBits } from "./dot-product";
import { blockRamEfficiency, blockRams, ultraRamEfficiency, ultraRams } from "./ladder";
import { divisors, type Folded, type HardwareModel, type Resources } from "./model";

/**
 * Matrix-vector-activation unit: PE neurons side by side, SIMD synapses of each a cycle. Outer loop
 * over MH/PE neuron folds, inner loop over MW/SIMD synapse folds; the input vector is read during
 * the first neuron fold and kept, and each neuron fold ends with a beat out.
 */
export const mvau: HardwareModel<"MVAU"> = {
  legal: (node) => ({ PE: divisors(node.mh), SIMD: divisors(node.mw) }),
  foldedInput({ node, folding: { SIMD } }) {
    return [...node.input.shape.slice(0, -1), node.mw / SIMD, SIMD];
  },
  foldedOutput({ node, folding: { PE } }) {
    return [...node.output.shape.slice(0, -1), node.mh / PE, PE];
  },
  /** FINN: MVAU.get_exp_cycles. */
  cycles({ node, folding: { PE, SIMD } }) {
    const { height, width } = mapShape(node.input);
    return (node.mh / PE) * (node.mw / SIMD) * height * width;
  },
  resources(folded) {
    const unit = dotProduct(folded);
    return {
      lut: folded.node.impl === "hls" ? hlsLuts(unit, thresholdLuts(folded)) : 0,
      ...weightRams(unit),
      dsp: dsps(folded),
    };
  },
  efficiency(folded) {
    const unit = dotProduct(folded);
    const bits = weightWordBits(unit) * unit.weightDepth;
    const { bram18, uram } = weightRams(unit);
    return { bram18: blockRamEfficiency(bits, bram18), uram: ultraRamEfficiency(bits, uram) };
  },
};

function weightRams(unit: DotProduct): Pick<Resources, "bram18" | "uram"> {
  const { weightDepth } = unit;
  const word = weightWordBits(unit);
  return {
    bram18: weightsInBlockRam(unit) ? blockRams(weightDepth, word) : 0,
    uram: weightsInUltraRam(unit) ? ultraRams(weightDepth, word) : 0,
  };
}

function dotProduct({ node, folding, accumulator }: Folded<"MVAU">): DotProduct {
  return {
    folding,
    input: node.input.datatype,
    weights: node.weights.datatype,
    accumulator: accumulator ?? node.output.datatype,
    synapses: node.mw,
    weightDepth: (node.mw * node.mh) / (folding.PE * folding.SIMD),
  };
}

/** FINN: MVAU.bram_estimation. `auto` counts as block RAM, and so do deep embedded weights. */
function weightsInBlockRam({ folding: { mem_mode, ram_style }, weightDepth }: DotProduct): boolean {
  if (mem_mode === "external") return false;
  if (mem_mode === "internal_embedded") return weightDepth > 128;
  return ram_style === "block" || ram_style === "auto";
}

/**
 * FINN: MVAU.uram_estimation. Deep embedded weights count whatever their RAM style, so FINN's
 * estimate has them twice: here and as block RAM.
 */
function weightsInUltraRam({ folding: { mem_mode, ram_style }, weightDepth }: DotProduct): boolean {
  if (mem_mode === "internal_embedded") return weightDepth > 128;
  return mem_mode === "internal_decoupled" && ram_style === "ultra";
}

/** Thresholds cost LUTs in FINN's estimate only when they are asked to: the default `auto` is free. */
function thresholdLuts(folded: Folded<"MVAU">): number {
  const { node, folding } = folded;
  if (!node.activation || folding.ram_style_thresholds !== "distributed") return 0;
  const compare = comparatorLuts(dotProduct(folded), node.output.datatype);
  return compare * Math.ceil(node.mh / folding.PE / 64) + compare;
}

/** FINN: dsp_estimation. The RTL packs four PEs into a DSP48E2 (UltraScale+). */
function dsps({ node, folding: { PE, SIMD, resType } }: Folded<"MVAU">): number {
  if (node.impl === "rtl") return Math.ceil(PE / 4) * SIMD;
  const productBits = node.weights.datatype.bits + node.input.datatype.bits;
  return resType === "dsp" ? PE * SIMD * Math.ceil(productBits / 48) : 0;
}
