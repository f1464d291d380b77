import { type Attributes, type FoldingConfig, instanceName } from "../folding-config";

/** Of each depthwise-separable unit: lanes of its padding, window and VVAU; PE of its MVAU. */
const units: readonly (readonly [lanes: number, mvauPe: number])[] = [
  [32, 16],
  [32, 16],
  [64, 32],
  [16, 16],
  [32, 32],
  [8, 16],
  [16, 32],
  [16, 32],
  [16, 32],
  [16, 32],
  [16, 32],
  [4, 16],
  [8, 32],
];

/** Depths of the FIFOs, by number, that are not 2. */
const fifoDepths: readonly (readonly [fifo: number, depth: number])[] = [
  [0, 512],
  [3, 256],
  [9, 512],
  [12, 256],
  [15, 256],
  [18, 1024],
  [20, 32],
  [21, 1024],
  [23, 256],
  [26, 512],
  [29, 1024],
  [31, 32],
  [32, 2048],
  [35, 256],
  [37, 2048],
  [39, 1024],
  [41, 32],
  [42, 2048],
  [44, 1024],
  [46, 32],
  [47, 2048],
  [49, 1024],
  [51, 32],
  [52, 2048],
  [54, 1024],
  [56, 32],
  [57, 2048],
  [59, 1024],
  [61, 128],
  [62, 4096],
  [65, 256],
  [67, 32],
  [68, 4096],
  [71, 1024],
];

/** The folding of FINN's MobileNet-v1 w4a4 example for the U250: thresholds in MVAU and VVAU, all HLS but the classifier. */
export function u250Folding(): FoldingConfig {
  const nodes = new Map<string, Attributes>();
  const window = (index: number, SIMD: number) =>
    nodes.set(instanceName("ConvolutionInputGenerator", "rtl", index), { SIMD, ram_style: "distributed" });
  const weights = { ram_style: "block", mem_mode: "internal_decoupled" };

  window(0, 3);
  nodes.set("MVAU_hls_0", { PE: 32, SIMD: 3, ...weights, resType: "dsp" });
  for (const [i, [lanes, mvauPe]] of units.entries()) {
    nodes.set(instanceName("FMPadding", "rtl", i), { SIMD: lanes });
    window(i + 1, lanes);
    nodes.set(instanceName("VVAU", "hls", i), { PE: lanes, resType: "lut" });
    nodes.set(instanceName("MVAU", "hls", i + 1), { PE: mvauPe, SIMD: 16, ...weights, resType: "lut" });
  }
  window(14, 4);
  nodes.set("Pool_hls_0", { PE: 4 });
  nodes.set("MVAU_rtl_0", { PE: 4, SIMD: 4, ...weights });
  nodes.set("ChannelwiseOp_hls_0", { PE: 1, ram_style: "distributed" });
  nodes.set("LabelSelect_hls_0", { PE: 1 });

  for (const [fifo, depth] of fifoDepths) {
    // Shift registers up to 256 beats, UltraRAM beyond.
    const built =
      depth > 256 ? { impl_style: "vivado", ram_style: "ultra" } : { impl_style: "rtl", ram_style: "auto" };
    nodes.set(instanceName("StreamingFIFO", "rtl", fifo), { depth, ...built });
  }
  return { defaults: new Map(), nodes };
}
