import type { FrameTimes } from "../../../simulator/result";

/** A frame's stay in the pipeline, in a lane in which no two stays overlap. */
export interface FrameStay {
  /** From 0. */
  readonly frame: number;
  readonly lane: number;
  readonly from: number;
  /** The cycle of its result. */
  readonly to: number;
}

/** Puts every frame into the first lane that is free when it comes. */
export function frameLanes(frames: readonly FrameTimes[]): { stays: FrameStay[]; lanes: number } {
  const free: number[] = [];
  const stays = frames.map(({ firstIn, lastOut }, frame) => {
    const open = free.findIndex((since) => since <= firstIn);
    const lane = open < 0 ? free.length : open;
    free[lane] = lastOut + 1;
    return { frame, lane, from: firstIn, to: lastOut };
  });
  return { stays, lanes: free.length };
}
