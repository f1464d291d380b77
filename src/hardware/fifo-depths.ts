import { builtDepth } from "./fifo";
import type { Attributes, FoldingConfig } from "./folding-config";

/** FINN: SetFIFODepths builds deeper FIFOs of Vivado's, not of shift registers. */
const deepestShiftRegister = 256;
/** One of 3 takes as many LUTs as one of 32. */
const oneShiftRegister = 32;

const styleOf = (depth: number) => (depth > deepestShiftRegister ? "vivado" : "rtl");

/**
 * The least depth from this one on that FINN gives a FIFO when it sizes them itself: 2, 32, any up to
 * 256, then what Vivado's FIFO has. FINN: optimize_depth and SetFIFODepths.
 */
export function finnDepth(depth: number): number {
  if (depth <= 2) return 2;
  if (depth <= oneShiftRegister) return oneShiftRegister;
  return builtDepth({ depth, impl_style: styleOf(depth), ram_style: "auto" });
}

/**
 * The folding with these depths of FIFOs, by name, shift registers up to 256 beats and Vivado's
 * FIFO beyond. Memories that the folding names for a FIFO stay.
 */
export function withFifoDepths(
  { defaults, nodes }: FoldingConfig,
  depths: ReadonlyMap<string, number>,
): FoldingConfig {
  const sized = [...depths].map(([name, depth]): [string, Attributes] => [
    name,
    { ...nodes.get(name), depth, impl_style: styleOf(depth) },
  ]);
  return { defaults, nodes: new Map([...nodes, ...sized]) };
}
