import type { FifoFolding } from "./attributes";
import { blockRams, ultraRams } from "./ladder";
import { noResources, type Resources } from "./model";

/** Vivado's FIFO has a power of two of words; FINN's own has as many as asked for. FINN: get_adjusted_depth. */
export function builtDepth({ depth, impl_style }: FifoFolding): number {
  return impl_style === "vivado" ? 2 ** Math.ceil(Math.log2(depth)) : depth;
}

/** FINN: lut_, bram_ and uram_estimation of StreamingFIFO. The RTL FIFO is LUTs whatever its RAM style. */
export function fifoResources(fifo: FifoFolding, widthBits: number): Resources {
  const depth = builtDepth(fifo);
  const vivado = fifo.impl_style === "vivado";
  const inLuts = !vivado || fifo.ram_style === "distributed";
  const addressLuts = 2 * Math.ceil(Math.log2(depth));
  return {
    ...noResources,
    lut: addressLuts + (inLuts ? Math.ceil(depth / 32) * Math.ceil(widthBits / 2) : 0),
    bram18: vivado && fifo.ram_style === "block" ? blockRams(depth, widthBits) : 0,
    uram: vivado && fifo.ram_style === "ultra" ? ultraRams(depth, widthBits) : 0,
  };
}
