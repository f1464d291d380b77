import type { Resources } from "./model";

/** An FPGA board that FINN's MobileNet example is built for. */
export interface Board {
  readonly name: "U250" | "ZCU102" | "ZCU104";
  /** The FPGA's part number. */
  readonly part: string;
  /** What the whole FPGA has, by AMD's data sheets; shells and DMA take some of it. */
  readonly capacity: Resources;
  /** The clock period FINN's example asks of synthesis, in ns. */
  readonly clockNs: number;
  /** Bits of the widest AXI port to the memory that frames come from and results go to. FINN: InsertIODMA. */
  readonly axiBits: number;
  /** FINN's example has thresholds in MVAU and VVAU on Alveo, and as nodes of their own on Zynq. */
  readonly standaloneThresholds: boolean;
}

export const boards: { readonly [Name in Board["name"]]: Board } = {
  U250: {
    name: "U250",
    part: "xcu250-figd2104-2L-e",
    capacity: { lut: 1_728_000, bram18: 5_376, uram: 1_280, dsp: 12_288 },
    clockNs: 3,
    axiBits: 512,
    standaloneThresholds: false,
  },
  ZCU102: {
    name: "ZCU102",
    part: "xczu9eg-ffvb1156-2-e",
    capacity: { lut: 274_080, bram18: 1_824, uram: 0, dsp: 2_520 },
    clockNs: 5.4,
    axiBits: 128,
    standaloneThresholds: true,
  },
  ZCU104: {
    name: "ZCU104",
    part: "xczu7ev-ffvc1156-2-e",
    capacity: { lut: 230_400, bram18: 624, uram: 96, dsp: 1_728 },
    clockNs: 5.4,
    axiBits: 128,
    standaloneThresholds: true,
  },
};
