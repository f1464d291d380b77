import type { Board } from "../boards";
import type { FoldingConfig } from "../folding-config";
import { u250Folding } from "./u250";
import { zynqFolding } from "./zynq";

/** A board without UltraRAM: what is large lies in block RAM. */
const zcu102Folding = (): FoldingConfig =>
  zynqFolding({
    firstWindowInBlockRam: 11,
    mvau: (index) => ({ ram_style: index < 13 ? "auto" : "block", runtime_writeable_weights: 0 }),
    fifo: (depth) =>
      depth > 256 ? { impl_style: "vivado", ram_style: "block" } : { impl_style: "rtl", ram_style: "auto" },
  });

/** Fewer block RAMs: the three largest weight memories are UltraRAM, which is written at run time. */
const zcu104Folding = (): FoldingConfig =>
  zynqFolding({
    firstWindowInBlockRam: 3,
    mvau: (index) =>
      index < 12
        ? { ram_style: "auto", runtime_writeable_weights: 0 }
        : { ram_style: "ultra", runtime_writeable_weights: 1 },
    fifo: (depth) => ({ ram_style: depth > 256 ? "ultra" : "auto" }),
  });

/** FINN's own foldings of MobileNet-v1 w4a4, a board each; the Zynq ones are for `withStandaloneThresholds`. */
export const mobilenetFoldings: { readonly [Name in Board["name"]]: () => FoldingConfig } = {
  U250: u250Folding,
  ZCU102: zcu102Folding,
  ZCU104: zcu104Folding,
};
