/**
 * The weights of Pillow's bilinear resize along one axis, for a run of the outputs only.
 *
 * Output i is the weighted sum of `taps[i]` neighbouring source pixels; the first is source
 * pixel `first + starts[i]`, and the weights are `weights[i * stride ...]`.
 */
export interface AxisFilter {
  /** The part of the source axis that the outputs read: `length` pixels from `first`. */
  readonly first: number;
  readonly length: number;
  readonly starts: Int32Array;
  readonly taps: Int32Array;
  /** Fixed point: a weight of 1 is `2 ** weightBits`. */
  readonly weights: Int32Array;
  readonly stride: number;
}

/**
 * Fraction bits of a weight. Pillow leaves 8 bits of an int32 for the pixel and 2 for the
 * filters that overshoot. Here the weights of an output add up to 2^22 (but for rounding),
 * so that a sum over uint8 pixels stays below 2^30.
 */
export const weightBits = 32 - 8 - 2;

/**
 * Pillow's bilinear filter from `sourceLength` to `targetLength` pixels, for the outputs
 * `from .. from + count - 1`.
 *
 * It is a triangle over the source pixels around the output's centre, as wide as two output
 * pixels when shrinking (so it averages all that an output covers) and two source pixels
 * when enlarging. Weights are normalised in double precision and then rounded, halves up,
 * to `weightBits`. Where the length stays the same each output is its own source pixel.
 */
export function triangleFilter(
  sourceLength: number,
  targetLength: number,
  from: number,
  count: number,
): AxisFilter {
  if (sourceLength === targetLength) return identityFilter(from, count);
  const scale = sourceLength / targetLength;
  const radius = Math.max(scale, 1);
  const stride = 2 * Math.ceil(radius) + 1;
  const starts = new Int32Array(count);
  const taps = new Int32Array(count);
  const weights = new Int32Array(count * stride);
  const exact = new Float64Array(stride);
  let first = 0;
  let end = 0;
  for (let i = 0; i < count; i++) {
    const centre = (from + i + 0.5) * scale;
    const low = Math.max(Math.trunc(centre - radius + 0.5), 0);
    const high = Math.min(Math.trunc(centre + radius + 0.5), sourceLength);
    let sum = 0;
    for (let t = 0; t < high - low; t++) {
      // Pillow multiplies by the reciprocal; a division could round differently.
      const distance = Math.abs((low + t - centre + 0.5) * (1 / radius));
      exact[t] = distance < 1 ? 1 - distance : 0;
      sum += exact[t]!;
    }
    for (let t = 0; t < high - low; t++) {
      weights[i * stride + t] = Math.trunc(0.5 + (exact[t]! / sum) * 2 ** weightBits);
    }
    if (i === 0) first = low;
    starts[i] = low - first;
    taps[i] = high - low;
    end = high;
  }
  return { first, length: end - first, starts, taps, weights, stride };
}

function identityFilter(from: number, count: number): AxisFilter {
  return {
    first: from,
    length: count,
    starts: Int32Array.from({ length: count }, (_, i) => i),
    taps: new Int32Array(count).fill(1),
    weights: new Int32Array(count).fill(2 ** weightBits),
    stride: 1,
  };
}
