import type { Simulation } from "../../simulator/result";

type Timed = Pick<Simulation, "cycles" | "frames">;

/**
 * The cycle of another simulation at which as much of the same frame has come in as at `cycle` of the one before: of
 * two foldings one wants to see the same moment, and not the same number.
 *
 * @returns null when that frame is not in the other simulation
 */
export function samePlace(cycle: number, before: Timed, after: Timed): number | null {
  const last = before.frames.findLastIndex(({ firstIn }) => firstIn <= cycle);
  // Before a deadlock no frame may have got through.
  if (last < 0) return Math.min(cycle, after.cycles - 1);
  const [from, to] = [entryOf(before, last), entryOf(after, last)];
  if (!from || !to) return null;
  // Multiplied first: so a cycle of the same simulation is its own place to the cycle.
  const on = Math.floor(((cycle - from.begin) * (to.end - to.begin)) / (from.end - from.begin));
  return Math.min(to.begin + on, after.cycles - 1);
}

/** The cycles from a frame's first pixel to the next frame's, or, of the last, to the end of its own pixels. */
function entryOf({ frames }: Timed, index: number): { begin: number; end: number } | null {
  const frame = frames[index];
  return frame ? { begin: frame.firstIn, end: frames[index + 1]?.firstIn ?? frame.lastIn + 1 } : null;
}
