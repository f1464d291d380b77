import type { Attributes, FoldingConfig } from "../../src/hardware/folding-config";

/** FINN: SetFIFODepths builds deeper FIFOs of Vivado's, not of shift registers. */
const deepestShiftRegister = 256;

/** The folding with these depths of FIFOs, by name; memories that it names for them stay. */
export function withFifoDepths(
  { defaults, nodes }: FoldingConfig,
  depths: ReadonlyMap<string, number>,
): FoldingConfig {
  const sized = [...depths].map(([name, depth]): [string, Attributes] => {
    const impl_style = depth > deepestShiftRegister ? "vivado" : "rtl";
    return [name, { ...nodes.get(name), depth, impl_style }];
  });
  return { defaults, nodes: new Map([...nodes, ...sized]) };
}
