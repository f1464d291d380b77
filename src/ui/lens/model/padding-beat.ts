import { mapShape } from "../../../graph/dataflow";
import type { Folded } from "../../../hardware/model";
import { outputCut } from "./beats";
import { unpadded } from "./chain";

/** The beat that a padding node puts out next. */
export interface PaddingBeat {
  readonly frame: number;
  /** In the padded map. */
  readonly row: number;
  readonly column: number;
  readonly channelFold: number;
  /** Zeros of the border, for which nothing comes in. */
  readonly isBorder: boolean;
  /** Positions of its values in the padded map's tensor. */
  readonly lanes: readonly number[];
}

/** What a padding node does in its nth step: each puts out a beat. */
export function paddingBeat(folded: Folded<"FMPadding">, nth: number): PaddingBeat {
  const { beats, lanes } = outputCut(folded);
  const { width, channels } = mapShape(folded.node.output);
  const inFrame = nth % beats;
  const pixel = Math.floor((inFrame * lanes) / channels);
  return {
    frame: Math.floor(nth / beats),
    row: Math.floor(pixel / width),
    column: pixel % width,
    channelFold: inFrame % (channels / lanes),
    isBorder: unpadded(folded, inFrame * lanes) === null,
    lanes: Array.from({ length: lanes }, (_, lane) => inFrame * lanes + lane),
  };
}
