import { type Attributes, type FoldingConfig, instanceName } from "../folding-config";

/** A depthwise-separable unit: its channels before and after the MVAU, and its folding. */
interface Unit {
  readonly channels: readonly [into: number, out: number];
  readonly padding: number;
  /** SIMD of the window, PE of the VVAU. */
  readonly lanes: number;
  readonly mvauPe: number;
  /** PE of the thresholds behind the VVAU and behind the MVAU. */
  readonly thresholds: readonly [number, number];
}

const middle: Unit = { channels: [512, 512], padding: 1, lanes: 4, mvauPe: 32, thresholds: [1, 1] };
const units: readonly Unit[] = [
  { channels: [32, 64], padding: 2, lanes: 16, mvauPe: 8, thresholds: [1, 2] },
  { channels: [64, 128], padding: 4, lanes: 8, mvauPe: 16, thresholds: [1, 2] },
  { channels: [128, 128], padding: 2, lanes: 16, mvauPe: 32, thresholds: [2, 2] },
  { channels: [128, 256], padding: 2, lanes: 4, mvauPe: 16, thresholds: [1, 1] },
  { channels: [256, 256], padding: 1, lanes: 8, mvauPe: 32, thresholds: [1, 1] },
  { channels: [256, 512], padding: 1, lanes: 2, mvauPe: 16, thresholds: [1, 1] },
  middle,
  middle,
  middle,
  middle,
  middle,
  { channels: [512, 1024], padding: 1, lanes: 1, mvauPe: 16, thresholds: [1, 1] },
  { channels: [1024, 1024], padding: 1, lanes: 2, mvauPe: 32, thresholds: [1, 1] },
];

/** Depths of the FIFOs, by number, that are not 2. */
const fifoDepths: readonly (readonly [fifo: number, depth: number])[] = [
  [0, 1024],
  [3, 64],
  [6, 256],
  [8, 512],
  [10, 256],
  [17, 32],
  [19, 1024],
  [24, 32],
  [27, 128],
  [29, 1024],
  [34, 32],
  [37, 128],
  [39, 4096],
  [44, 32],
  [47, 512],
  [49, 1024],
  [54, 32],
  [57, 512],
  [59, 8192],
  [64, 32],
  [67, 512],
  [69, 4096],
  [74, 64],
  [77, 512],
  [79, 4096],
  [84, 64],
  [87, 512],
  [89, 4096],
  [94, 64],
  [97, 512],
  [99, 4096],
  [104, 64],
  [107, 512],
  [109, 4096],
  [114, 64],
  [117, 512],
  [118, 16384],
  [122, 64],
  [125, 1024],
  [127, 16384],
  [132, 128],
];

/** Where the ZCU102 and the ZCU104 keep what; the folding is the same. */
export interface ZynqMemories {
  /** Windows from this number on have their lines in block RAM, those before in LUTs. */
  readonly firstWindowInBlockRam: number;
  readonly mvau: (index: number) => Attributes;
  readonly fifo: (depth: number) => Attributes;
}

/** The folding of FINN's MobileNet-v1 w4a4 example for Zynq: thresholds as nodes, MVAUs in RTL on DSPs. */
export function zynqFolding({ firstWindowInBlockRam, mvau, fifo }: ZynqMemories): FoldingConfig {
  const nodes = new Map<string, Attributes>();
  const window = (index: number, SIMD: number) => {
    const ram_style = index < firstWindowInBlockRam ? "distributed" : "block";
    nodes.set(instanceName("ConvolutionInputGenerator", "rtl", index), { SIMD, ram_style });
  };
  const matrix = (index: number, PE: number, SIMD: number) => {
    const how = { resType: "dsp", mem_mode: "internal_decoupled", ...mvau(index) };
    nodes.set(instanceName("MVAU", "rtl", index), { PE, SIMD, ...how });
  };
  // The triggers lie beyond the deepest memory (8 thresholds a channel): the least waste decides.
  const thresholds = (index: number, channels: number, PE: number) =>
    nodes.set(instanceName("Thresholding", "rtl", index), {
      PE,
      depth_trigger_bram: 16 * channels,
      depth_trigger_uram: 32 * channels,
    });

  window(0, 1);
  matrix(0, 16, 3);
  thresholds(0, 32, 1);
  for (const [i, unit] of units.entries()) {
    nodes.set(instanceName("FMPadding", "rtl", i), { SIMD: unit.padding });
    window(i + 1, unit.lanes);
    nodes.set(instanceName("VVAU", "hls", i), { PE: unit.lanes, resType: "lut" });
    thresholds(2 * i + 1, unit.channels[0], unit.thresholds[0]);
    matrix(i + 1, unit.mvauPe, 8);
    thresholds(2 * i + 2, unit.channels[1], unit.thresholds[1]);
  }
  window(14, 1);
  nodes.set("Pool_hls_0", { PE: 1 });
  matrix(14, 1, 16);
  nodes.set("ChannelwiseOp_hls_0", { PE: 1, ram_style: "distributed" });
  nodes.set("LabelSelect_hls_0", { PE: 1 });

  for (const [index, depth] of fifoDepths) {
    nodes.set(instanceName("StreamingFIFO", "rtl", index), { depth, ...fifo(depth) });
  }
  return { defaults: new Map(), nodes };
}
