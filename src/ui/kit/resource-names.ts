import type { Resources } from "../../hardware/model";

/** What the FPGA's primitives are called: in a heading, and in a sentence after a number. */
export const resourceNames: Record<keyof Resources, { readonly name: string; readonly of: string }> = {
  lut: { name: "LUT", of: "LUTs" },
  bram18: { name: "BRAM18", of: "block RAMs of 18 Kbit" },
  uram: { name: "URAM", of: "UltraRAMs" },
  dsp: { name: "DSP", of: "DSPs" },
};

/** In the order in which they are shown. */
export const resourceKinds = ["lut", "bram18", "uram", "dsp"] as const satisfies readonly (keyof Resources)[];
