import type { Trace } from "../../../simulator/trace";
import { progressOf } from "../model/nth-beat";
import type { Pipeline, PipelineMachine } from "../model/pipeline";

/** What a machine did in a stretch of time. */
export interface Occupancy {
  /** The frame, from 0, that it had under way; null: none. */
  readonly frame: number | null;
  /** Shares of the time. */
  readonly busy: number;
  readonly blocked: number;
}

/** A stretch of cycles: from `from` to before `to`. */
export interface CycleRange {
  readonly from: number;
  readonly to: number;
}

/**
 * A machine's stretch of cycles, to whole bins of the trace and at least one. A frame is under way
 * from its first beat in to its last beat out.
 */
export function occupancyIn(trace: Trace, machine: PipelineMachine, { from, to }: CycleRange): Occupancy {
  const { resolution, bins, streams } = trace;
  const begin = Math.min(bins - 1, Math.max(0, Math.floor((from - trace.from) / resolution)));
  const end = Math.min(bins, Math.max(begin + 1, Math.floor((to - trace.from) / resolution)));
  const cycles = (end - begin) * resolution;
  const { index, input, beats } = machine;
  const did = trace.machines[index]!;
  const busy = (did.busy[end]! - did.busy[begin]!) / cycles;
  const blocked = (did.blocked[end]! - did.blocked[begin]!) / cycles;
  const frame = Math.floor(progressOf(trace, machine)[begin]! / beats);
  const taken = input ? streams[index - 1]!.read[end]! : 0;
  const isUnderWay = busy > 0 || blocked > 0 || (input !== null && taken > frame * input.beats);
  return { frame: isUnderWay ? frame : null, busy, blocked };
}

/** The tint of pixels, four bytes each: red, green, blue, alpha. */
export interface OccupancyColors {
  readonly background: Color;
  readonly blocked: Color;
  /** In the order of `tintOf`. */
  readonly frames: readonly Color[];
}

/**
 * The picture of a stretch of cycles, one row of pixels a machine in stream order: pale in the
 * frame's tint while a machine has the frame under way, stronger the busier it is, and red as far as
 * it is blocked.
 */
export function occupancyPixels(
  { machines, simulation }: Pipeline,
  { from, to }: CycleRange,
  width: number,
  { background, blocked, frames }: OccupancyColors,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * width * machines.length);
  const words = new Uint32Array(pixels.buffer);
  const { trace } = simulation;
  if (!trace || trace.bins === 0) return pixels;
  const ramps = frames.map((tint) => ramp(background, tint, blocked));
  const empty = pack(background);
  const cycles = (to - from) / width;
  for (const [row, machine] of machines.entries()) {
    for (let x = 0; x < width; x++) {
      const begin = from + x * cycles;
      const range = { from: begin, to: begin + cycles };
      const cell = begin < simulation.cycles ? occupancyIn(trace, machine, range) : null;
      const at = row * width + x;
      if (cell?.frame == null) words[at] = empty;
      else {
        const busy = Math.round(cell.busy * (shades - 1));
        const red = Math.round(cell.blocked * (shades - 1));
        words[at] = ramps[cell.frame % ramps.length]![busy * shades + red]!;
      }
    }
  }
  return pixels;
}

type Color = readonly [red: number, green: number, blue: number];

/** Steps of busy, and of blocked, that are told apart. */
const shades = 32;

/** The pixels of a tint: pale at the least busy, and over it red as far as blocked. `[busy][blocked]`. */
function ramp(background: Color, tint: Color, blocked: Color): Uint32Array {
  const mix = (a: Color, b: Color, share: number): Color => [
    a[0] + share * (b[0] - a[0]),
    a[1] + share * (b[1] - a[1]),
    a[2] + share * (b[2] - a[2]),
  ];
  return Uint32Array.from({ length: shades * shades }, (_, i) => {
    const [busy, red] = [Math.floor(i / shades) / (shades - 1), (i % shades) / (shades - 1)];
    return pack(mix(mix(background, tint, 0.25 + 0.75 * Math.sqrt(busy)), blocked, red));
  });
}

/** A pixel as one number, its bytes in the order of memory: red, green, blue, alpha. */
function pack(color: Color): number {
  return new Uint32Array(Uint8ClampedArray.of(...color, 255).buffer)[0]!;
}
