import { mapShape, type NodeKind, type Stream } from "../../../graph/dataflow";
import type { Folded } from "../../../hardware/model";
import { foldedInput, foldedOutput } from "../../../hardware/models";
import { windowGeometry } from "../../../hardware/sliding-window";

/** How a stream is cut: beats a frame, values a beat. */
export interface Cut {
  readonly beats: number;
  readonly lanes: number;
}

/** How a node's input stream is cut into beats. */
export const inputCut = (folded: Folded): Cut => cutOf(foldedInput<NodeKind>(folded));

/** How a node's output stream is cut into beats. */
export const outputCut = (folded: Folded): Cut => cutOf(foldedOutput<NodeKind>(folded));

function cutOf(shape: readonly number[]): Cut {
  return { beats: shape.slice(0, -1).reduce((product, dim) => product * dim, 1), lanes: shape.at(-1) ?? 1 };
}

/**
 * Where the nth value that a node puts out in a frame stands in its output tensor (channels fastest).
 * Streams carry tensors in their own order, but for depthwise windows: these go out channel fold by
 * channel fold, all of the window's pixels for one fold.
 */
export function outputIndex(folded: Folded, nth: number): number {
  if (folded.kind !== "ConvolutionInputGenerator" || !folded.node.depthwise) return nth;
  const { window, channels, channelFold } = windowGeometry(folded);
  const lanes = channels / channelFold;
  const pixel = Math.floor(nth / (window * channels));
  const inPixel = nth - pixel * window * channels;
  const fold = Math.floor(inPixel / (window * lanes));
  const inFold = inPixel - fold * window * lanes;
  const tap = Math.floor(inFold / lanes);
  return (pixel * window + tap) * channels + fold * lanes + (inFold % lanes);
}

/** A place in a map, from its position in the tensor. */
export interface Coordinates {
  readonly row: number;
  readonly column: number;
  readonly channel: number;
}

/** Reads a position in a stream's tensor, channels fastest. */
export function coordinatesIn(stream: Stream, index: number): Coordinates {
  const { width, channels } = mapShape(stream);
  const pixel = Math.floor(index / channels);
  return { row: Math.floor(pixel / width), column: pixel % width, channel: index % channels };
}
