import type { Folded } from "../../../hardware/model";
import { isParallel, windowGeometry } from "../../../hardware/sliding-window";
import { inputCut, outputCut, outputIndex } from "./beats";
import type { Moment } from "./moment";

type SlidingWindow = Folded<"ConvolutionInputGenerator">;

/** A word of the map: SIMD channels of one pixel. */
export interface Word {
  readonly row: number;
  readonly column: number;
  readonly channelFold: number;
}

/** What a sliding window generator holds and does. */
export interface LineBuffer {
  /** The frame whose windows go out. */
  readonly frame: number;
  /** The window that goes out now, by its output pixel. */
  readonly window: { readonly row: number; readonly column: number };
  /** The pixel of its upper left corner in the map. */
  readonly corner: { readonly row: number; readonly column: number };
  /** The channel fold that goes out now, and the window's pixel (row by row); null: all of them at once. */
  readonly channelFold: number;
  readonly tap: number | null;
  /** Positions of the values of the next beat in the windows' tensor. */
  readonly leaving: readonly number[];
  /** Words of this frame that came in. */
  readonly wordsIn: number;
  /** The word that comes in next, and the frame it belongs to. */
  readonly entering: Word & { readonly frame: number };
}

/** The buffer at a moment: words count over frames, so a word of the next frame may come in early. */
export function lineBufferAt(
  folded: SlidingWindow,
  { taken, given }: Pick<Moment, "taken" | "given">,
): LineBuffer {
  const g = windowGeometry(folded);
  const input = inputCut(folded);
  const output = outputCut(folded);
  const frame = Math.floor(given / output.beats);
  const beat = given % output.beats;
  const first = beat * output.lanes;
  const leaving = Array.from({ length: output.lanes }, (_, lane) => outputIndex(folded, first + lane));
  const beatsAPixel = output.beats / (g.outHeight * g.outWidth);
  const pixel = Math.floor(beat / beatsAPixel);
  const window = { row: Math.floor(pixel / g.outWidth), column: pixel % g.outWidth };
  const inWindow = Math.floor((leaving[0] ?? 0) % (g.window * g.channels));
  return {
    frame,
    window,
    corner: { row: window.row * g.strideHeight, column: window.column * g.strideWidth },
    channelFold: Math.floor((inWindow % g.channels) / folded.folding.SIMD),
    tap: isParallel(folded) ? null : Math.floor(inWindow / g.channels),
    leaving,
    wordsIn: Math.max(0, Math.min(input.beats, taken - frame * input.beats)),
    entering: {
      frame: Math.floor(taken / input.beats),
      ...wordAt(folded, taken % input.beats),
    },
  };
}

/** Words come row by row, each pixel's channel folds one after the other. */
export function wordAt(folded: SlidingWindow, nth: number): Word {
  const { width, channelFold } = windowGeometry(folded);
  const pixel = Math.floor(nth / channelFold);
  return { row: Math.floor(pixel / width), column: pixel % width, channelFold: nth % channelFold };
}

/** A pixel of the map as the buffer has it. */
export type PixelState = "to come" | "held" | "done";

/** Has a pixel come in, and does a window that is still to go need it? */
export function pixelState(
  folded: SlidingWindow,
  { wordsIn, window }: Pick<LineBuffer, "wordsIn" | "window">,
  row: number,
  column: number,
): PixelState {
  const g = windowGeometry(folded);
  if ((row * g.width + column) * g.channelFold >= wordsIn) return "to come";
  const rows = {
    windows: g.outHeight,
    stride: g.strideHeight,
    kernel: g.kernelHeight,
    step: g.dilationHeight,
  };
  const columns = {
    windows: g.outWidth,
    stride: g.strideWidth,
    kernel: g.kernelWidth,
    step: g.dilationWidth,
  };
  const thisRow = covers(rows, row, window.row, window.row + 1) && covers(columns, column, window.column);
  const laterRow = covers(rows, row, window.row + 1) && covers(columns, column, 0);
  return thisRow || laterRow ? "held" : "done";
}

/** Along one side of the map. */
interface Side {
  readonly windows: number;
  readonly stride: number;
  readonly kernel: number;
  readonly step: number;
}

/** Does a window from number `from` on, before `end`, cover a position? */
function covers(side: Side, position: number, from: number, end = side.windows): boolean {
  for (let tap = 0; tap < side.kernel; tap++) {
    const window = (position - tap * side.step) / side.stride;
    if (Number.isInteger(window) && window >= from && window < Math.min(end, side.windows)) return true;
  }
  return false;
}
