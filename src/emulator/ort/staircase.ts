/**
 * A row of integer thresholds written as arithmetic on 32-bit floats:
 * `clip(floor(scale * x + offset), low, high)`.
 *
 * Thresholds that stem from a uniform quantizer behind an affine layer are evenly spaced but
 * for rounding, so a straight line passes through all the steps: it must be at least at step i
 * where x meets threshold i, and below step i one integer earlier. Of all such lines the
 * one with the widest vertical margin is taken, then proven to survive float rounding.
 */
export interface Staircase {
  readonly scale: number;
  readonly offset: number;
  readonly low: number;
  readonly high: number;
}

/** Integers that x can be, both ends included; within 2^24, so that floats hold them exactly. */
export interface InputRange {
  readonly min: number;
  readonly max: number;
}

/**
 * The staircase of one channel, or null if no line can be proven exact for every x of the
 * range. `thresholds` ascend; it counts how many are <= x, starting at `actVal`.
 */
export function fitStaircase(
  thresholds: readonly number[],
  actVal: number,
  { min, max }: InputRange,
): Staircase | null {
  const inside = thresholds.filter((threshold) => threshold > min && threshold <= max);
  const low = actVal + thresholds.filter((threshold) => threshold <= min).length;
  const high = low + inside.length;
  if (inside.length === 0) return { scale: 0, offset: low, low, high };

  const corners = inside.map((x, i) => ({ x, y: low + i + 1 }));
  const line = widestLine(corners);
  return line && isExact(line, corners) ? { ...line, low, high } : null;
}

/** Where threshold x takes the staircase to y: the line is at least y at x, and less than y at x - 1. */
interface Corner {
  readonly x: number;
  readonly y: number;
}

interface Line {
  readonly scale: number;
  readonly offset: number;
}

/**
 * For a given slope the offset must be at least `max(y - slope x)` and less than
 * `min(y - slope (x - 1))` over the corners. The gap between the two is concave in the slope, so
 * a ternary search finds its greatest value; the offset is put in the middle.
 */
function widestLine(corners: readonly Corner[]): Line | null {
  const [first] = corners;
  const last = corners.at(-1);
  if (!first || !last) return null;
  const bounds = (slope: number) => {
    let least = Number.NEGATIVE_INFINITY;
    let limit = Number.POSITIVE_INFINITY;
    for (const { x, y } of corners) {
      least = Math.max(least, y - slope * x);
      limit = Math.min(limit, y - slope * (x - 1));
    }
    return { least, limit, gap: limit - least };
  };
  // A line right at the first and the last corner has a slope between these. If all steps
  // coincide, it may be as steep as it likes.
  const [run, rise] = [last.x - first.x, last.y - first.y];
  let lower = rise / (run + 1);
  let upper = run > 1 ? rise / (run - 1) : 2 * corners.length;
  for (let i = 0; i < 50; i++) {
    const third = (upper - lower) / 3;
    if (bounds(lower + third).gap < bounds(upper - third).gap) lower += third;
    else upper -= third;
  }
  const scale = Math.fround((lower + upper) / 2);
  const { least, limit, gap } = bounds(scale);
  return gap > 0 ? { scale, offset: Math.fround((least + limit) / 2) } : null;
}

/**
 * Proof by the corners. Rounding is monotone and the scale is not negative, so the computed
 * line never falls as x grows: if it has reached y at a threshold and not yet at the integer
 * before, for every threshold, it is right at every integer. Both ways a machine may compute it
 * are checked: product and sum rounded one after the other, and a fused multiply-add that rounds
 * once. (For the latter: a double holds the product exactly and rounds the sum once. Where that lies
 * strictly beyond the midpoint of y and the float below, so does the exact sum, and it is
 * rounded to that side.)
 */
function isExact({ scale, offset }: Line, corners: readonly Corner[]): boolean {
  const rounded = (x: number) => Math.fround(Math.fround(scale * x) + offset);
  const fused = (x: number) => scale * x + offset;
  return corners.every(({ x, y }) => {
    const midpoint = (y + floatBelow(y)) / 2;
    return rounded(x) >= y && fused(x) > midpoint && rounded(x - 1) < y && fused(x - 1) < midpoint;
  });
}

/** The largest float32 less than the integer y. */
function floatBelow(y: number): number {
  if (y === 0) return -(2 ** -149);
  const float = new Float32Array([y]);
  // Floats of one sign are ordered as their bits are.
  const bits = new Int32Array(float.buffer);
  bits[0]! += y > 0 ? -1 : 1;
  return float[0]!;
}
