import type { Moment } from "./moment";

/** What a stream holds in a moment, and what moves. */
export interface StreamFill {
  /** Beats held. */
  readonly held: number;
  /** Of those, beats of the frame that leaves; the rest are of the next. */
  readonly ofFirstFrame: number;
  /** The frame, from 0, of the beat that leaves next. */
  readonly frame: number;
  /** Beats put in and taken out in the moment. */
  readonly written: number;
  readonly read: number;
}

/** `beats` a frame go through the stream. */
export function fillAt({ trace, at, begin, end }: Moment, index: number, beats: number): StreamFill {
  const { written, read } = trace.streams[index]!;
  const [given, taken] = [written[at]!, read[at]!];
  const frame = Math.floor(taken / beats);
  return {
    held: given - taken,
    ofFirstFrame: Math.min(given, (frame + 1) * beats) - taken,
    frame,
    written: written[end]! - written[begin]!,
    read: read[end]! - read[begin]!,
  };
}
