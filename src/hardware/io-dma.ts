import { sizeOf } from "../graph/dataflow";
import { badFolding } from "./bad-folding";
import type { Board } from "./boards";
import type { FoldedGraph } from "./fold-graph";
import { greatestCommonDivisor } from "./greatest-common-divisor";
import { foldedInput, foldedOutput, inputWidthBits, outputWidthBits } from "./models";

/** One of the two DMAs that FINN puts at the ends of the accelerator: memory on one side, a stream on the other. */
export interface IoDma {
  readonly name: "idma0" | "odma0";
  /** Bits of a beat of the accelerator's stream, padded to whole bytes. */
  readonly streamBits: number;
  /** Bits of a beat on the memory's side: as wide as the board allows and a frame divides into. */
  readonly axiBits: number;
  /** Beats a frame on the memory's side. */
  readonly axiBeats: number;
  /** Bytes a frame; each beat of the stream takes whole ones. */
  readonly bytes: number;
}

/** The DMAs of a folded graph on a board. FINN: InsertIODMA. Throws `bad-input` for a graph without nodes. */
export function ioDmaOf({ name, nodes }: FoldedGraph, { axiBits }: Board): { input: IoDma; output: IoDma } {
  const first = nodes[0];
  const last = nodes.at(-1);
  if (!first || !last) throw badFolding(name, "it has no nodes that a DMA could serve.");
  const dma = (which: IoDma["name"], widthBits: number, shape: readonly number[]): IoDma => {
    const streamBits = Math.ceil(widthBits / 8) * 8;
    const bits = streamBits * sizeOf(shape.slice(0, -1));
    const width = greatestCommonDivisor(bits, axiBits);
    return { name: which, streamBits, axiBits: width, axiBeats: bits / width, bytes: bits / 8 };
  };
  return {
    input: dma("idma0", inputWidthBits(first), foldedInput(first)),
    output: dma("odma0", outputWidthBits(last), foldedOutput(last)),
  };
}
