/** Width a word may have, by the shape a block RAM takes: 9, 18, 36 bits with the parity bits, 8, 16, 32 without. */
export type BlockRamWidths = readonly [quarter: number, half: number, full: number];
export const withParity: BlockRamWidths = [9, 18, 36];
export const withoutParity: BlockRamWidths = [8, 16, 32];

/**
 * Block RAMs (18 Kbit) of a memory of `depth` words of `width` bits: the ladder in FINN's
 * bram_estimation of MVAU and StreamingFIFO; VVAU has it without the parity bits.
 */
export function blockRams(depth: number, width: number, widths: BlockRamWidths = withParity): number {
  const [quarter, half, full] = widths;
  const grid = (words: number, bits: number) => Math.ceil(depth / words) * Math.ceil(width / bits);
  if (width === 1) return grid(16384, 1);
  if (width === 2) return grid(8192, 2);
  if (width <= 4) return grid(4096, 4);
  if (width <= quarter) return grid(2048, quarter);
  if (width <= half || depth > 512) return grid(1024, half);
  return grid(512, full);
}

/**
 * Block RAMs of a line buffer in FINN's RTL sliding window: block RAMs side by side as wide as
 * the depth lets them be, cascaded beyond 16384 words, the last of the cascade narrower. (At a
 * multiple of 16384 FINN takes the last to be empty though it is full; kept as it is.)
 */
export function cascadedBlockRams(depth: number, width: number): number {
  const sideBySide = Math.ceil(width / widestWord(depth));
  const cascade = Math.ceil(depth / 16384) * sideBySide;
  if (depth <= 16384) return cascade;
  return cascade - (sideBySide - Math.ceil(width / widestWord(depth % 16384)));
}

/** Bits of a word in a block RAM of at least `depth` words. */
export function widestWord(depth: number): number {
  if (depth <= 512) return 36;
  if (depth <= 1024) return 18;
  if (depth <= 2048) return 9;
  if (depth <= 4096) return 4;
  if (depth <= 8192) return 2;
  return 1;
}

/** UltraRAMs, 4096 words of 72 bits each. */
export function ultraRams(depth: number, width: number): number {
  return Math.ceil(depth / 4096) * Math.ceil(width / 72);
}

/** Share of the bits of so many block RAMs that hold `bits` of data; 1 if there are none, as FINN reports it. */
export function blockRamEfficiency(bits: number, rams: number): number {
  return rams === 0 ? 1 : bits / (rams * 36 * 512);
}

/** The same of UltraRAMs. */
export function ultraRamEfficiency(bits: number, rams: number): number {
  return rams === 0 ? 1 : bits / (rams * 72 * 4096);
}
