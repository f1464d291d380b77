import { mapShape } from "../graph/dataflow";
import { comparatorLuts, type DotProduct, hlsLuts, weightWordBits } from "./dot-product";
import { blockRamEfficiency, blockRams, ultraRamEfficiency, ultraRams, withoutParity } from "./ladder";
import { divisors, type Folded, type HardwareModel, type Resources } from "./model";

/**
 * Vector-vector-activation unit: PE channels side by side, SIMD values of each one's window a
 * cycle. A pixel's beats come channel fold by channel fold, the window within: the order in which
 * a depthwise sliding window puts them out.
 */
export const vvau: HardwareModel<"VVAU"> = {
  legal: (node) => ({ PE: divisors(node.channels), SIMD: divisors(windowOf(node)) }),
  foldedInput({ node, folding: { PE, SIMD } }) {
    const { height, width } = mapShape(node.output);
    return [1, height, width, (windowOf(node) / SIMD) * (node.channels / PE), SIMD * PE];
  },
  foldedOutput({ node, folding: { PE } }) {
    const { height, width } = mapShape(node.output);
    return [1, height, width, node.channels / PE, PE];
  },
  /** FINN: VVAU.get_exp_cycles. */
  cycles({ node, folding: { PE, SIMD } }) {
    const { height, width } = mapShape(node.output);
    return ((node.channels * windowOf(node)) / (PE * SIMD)) * height * width;
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
    return {
      // FINN leaves the SIMD out here, and only here; kept, to agree with FINN's reports.
      bram18: blockRamEfficiency(bits / folded.folding.SIMD, bram18),
      uram: ultraRamEfficiency(bits, uram),
    };
  },
};

function weightRams(unit: DotProduct): Pick<Resources, "bram18" | "uram"> {
  const { weightDepth } = unit;
  const word = weightWordBits(unit);
  return {
    bram18: weightsInBlockRam(unit) ? blockRams(weightDepth, word, withoutParity) : 0,
    uram: weightsInUltraRam(unit) ? ultraRams(weightDepth, word) : 0,
  };
}

const windowOf = ({ kernel }: Folded<"VVAU">["node"]): number => kernel[0] * kernel[1];

function dotProduct({ node, folding, accumulator }: Folded<"VVAU">): DotProduct {
  return {
    folding,
    input: node.input.datatype,
    weights: node.weights.datatype,
    accumulator: accumulator ?? node.output.datatype,
    synapses: windowOf(node),
    weightDepth: (windowOf(node) * node.channels) / (folding.PE * folding.SIMD),
  };
}

/** FINN: VVAU.bram_estimation. `auto` is block RAM only when deeper than 128 words. */
function weightsInBlockRam({ folding: { mem_mode, ram_style }, weightDepth }: DotProduct): boolean {
  if (mem_mode === "external") return false;
  if (mem_mode === "internal_embedded" || ram_style === "auto") return weightDepth > 128;
  return ram_style === "block";
}

/** FINN: VVAU.uram_estimation. */
function weightsInUltraRam({ folding: { mem_mode, ram_style } }: DotProduct): boolean {
  return mem_mode === "internal_decoupled" && ram_style === "ultra";
}

/** Unlike for an MVAU, FINN always counts the thresholds, and does not round their depth up. */
function thresholdLuts(folded: Folded<"VVAU">): number {
  const { node, folding } = folded;
  if (!node.activation) return 0;
  const compare = comparatorLuts(dotProduct(folded), node.output.datatype);
  return (compare * node.channels) / folding.PE / 64 + compare;
}

/** FINN: dsp_estimation. The RTL is made for Versal's DSP58, three values of a window each. */
function dsps({ node, folding: { PE, SIMD, resType } }: Folded<"VVAU">): number {
  if (node.impl === "rtl") return PE * Math.ceil(SIMD / 3);
  const productBits = node.weights.datatype.bits + node.input.datatype.bits;
  return resType === "dsp" ? PE * Math.ceil(productBits / 48) : 0;
}
