import type { FifoFolding } from "./attributes";
import { blockRams, ultraRams } from "./ladder";
import { noResources, type Resources } from "./model";

/** Words that Vivado's FIFO has at most. */
const vivadoLimit = 32768;
/** Words up to which the rest of a split FIFO is built of shift registers. */
const shiftRegisterLimit = 256;

/**
 * The FIFOs that a FIFO is built of, one behind the other. Mostly it is one: FINN's own has as many
 * words as asked for, Vivado's a power of two. FINN: get_adjusted_depth.
 *
 * One deeper than Vivado allows can only be built in pieces, powers of two and a rest in shift
 * registers, together as deep as asked for. FINN: SplitLargeFIFOs, which runs only in a build with
 * `split_large_fifos`.
 */
export function fifoPieces(fifo: FifoFolding): readonly FifoFolding[] {
  const { depth, impl_style } = fifo;
  if (impl_style === "rtl") return [fifo];
  if (depth <= vivadoLimit) return [{ ...fifo, depth: 2 ** Math.ceil(Math.log2(depth)) }];
  const pieces: FifoFolding[] = [];
  let rest = depth;
  while (rest > shiftRegisterLimit) {
    const words = Math.min(vivadoLimit, 2 ** Math.floor(Math.log2(rest)));
    pieces.push({ ...fifo, depth: words });
    rest -= words;
  }
  if (rest > 0) pieces.push({ ...fifo, depth: rest, impl_style: "rtl" });
  return pieces;
}

/** Words that the FIFO has as it is built, all its pieces together. */
export function builtDepth(fifo: FifoFolding): number {
  return fifoPieces(fifo).reduce((words, { depth }) => words + depth, 0);
}

/** FINN: lut_, bram_ and uram_estimation of StreamingFIFO. The RTL FIFO is LUTs whatever its RAM style. */
export function fifoResources(fifo: FifoFolding, widthBits: number): Resources {
  const pieces = fifoPieces(fifo);
  const sum = (of: (piece: FifoFolding) => number) => pieces.reduce((all, piece) => all + of(piece), 0);
  const isIn = (piece: FifoFolding, ram: FifoFolding["ram_style"]) =>
    piece.impl_style === "vivado" && piece.ram_style === ram;
  return {
    ...noResources,
    lut: sum((piece) => {
      const inLuts = piece.impl_style === "rtl" || isIn(piece, "distributed");
      const words = inLuts ? Math.ceil(piece.depth / 32) * Math.ceil(widthBits / 2) : 0;
      return 2 * Math.ceil(Math.log2(piece.depth)) + words;
    }),
    bram18: sum((piece) => (isIn(piece, "block") ? blockRams(piece.depth, widthBits) : 0)),
    uram: sum((piece) => (isIn(piece, "ultra") ? ultraRams(piece.depth, widthBits) : 0)),
  };
}
