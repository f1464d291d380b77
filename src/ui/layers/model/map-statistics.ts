import type { DataType } from "../../../graph/datatype";
import type { FeatureMap } from "./feature-map";

/** Values of a map, counted. */
export interface MapStatistics {
  readonly channels: readonly ChannelStatistics[];
  readonly whole: ChannelStatistics;
  /** Channels that are 0 everywhere, and those that are everywhere at the type's maximum. */
  readonly alwaysZero: readonly number[];
  readonly alwaysMax: readonly number[];
}

export interface ChannelStatistics {
  readonly values: number;
  readonly zeros: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** How many values lie in each bin of `binsOf` the type. */
  readonly counts: Uint32Array;
}

/** Bins of equal width, from the type's minimum: one a value up to 4 bits, else 32. */
export function binsOf({ min, max }: DataType): { readonly count: number; readonly width: number } {
  const values = max - min + 1;
  const count = values <= 16 ? values : 32;
  return { count, width: values / count };
}

/** What is counted of every channel while the map is gone through. */
interface Counts {
  /** Bins of the first channel, of the second, ... */
  readonly counts: Uint32Array;
  readonly zeros: Uint32Array;
  readonly sums: Float64Array;
  readonly least: Float64Array;
  readonly greatest: Float64Array;
}

/** Counts all channels in one pass over the map, a row a step. */
export function* mapStatistics(map: FeatureMap, datatype: DataType): Generator<void, MapStatistics> {
  const { height, width, channels } = map;
  const bins = binsOf(datatype);
  const found: Counts = {
    counts: new Uint32Array(channels * bins.count),
    zeros: new Uint32Array(channels),
    sums: new Float64Array(channels),
    least: new Float64Array(channels).fill(Number.POSITIVE_INFINITY),
    greatest: new Float64Array(channels).fill(Number.NEGATIVE_INFINITY),
  };
  for (let y = 0; y < height; y++) {
    countRow(map, y, datatype.min, bins, found);
    yield;
  }
  const values = height * width;
  const each = Array.from({ length: channels }, (_, c) => ({
    values,
    zeros: found.zeros[c]!,
    min: found.least[c]!,
    max: found.greatest[c]!,
    mean: found.sums[c]! / values,
    counts: found.counts.subarray(c * bins.count, (c + 1) * bins.count),
  }));
  const where = (test: (channel: ChannelStatistics) => boolean) =>
    each.flatMap((channel, c) => (test(channel) ? [c] : []));
  return {
    channels: each,
    whole: together(each, bins.count),
    alwaysZero: where((channel) => channel.zeros === values),
    alwaysMax: where((channel) => channel.min === datatype.max),
  };
}

function countRow(
  { data, offset, rowStride, columnStride, width, channels }: FeatureMap,
  y: number,
  lowest: number,
  bins: { readonly count: number; readonly width: number },
  { counts, zeros, sums, least, greatest }: Counts,
): void {
  for (let x = 0; x < width; x++) {
    const pixel = offset + y * rowStride + x * columnStride;
    for (let c = 0; c < channels; c++) {
      const value = data[pixel + c]!;
      if (value === 0) zeros[c]!++;
      if (value < least[c]!) least[c] = value;
      if (value > greatest[c]!) greatest[c] = value;
      sums[c]! += value;
      counts[c * bins.count + Math.floor((value - lowest) / bins.width)]!++;
    }
  }
}

function together(channels: readonly ChannelStatistics[], bins: number): ChannelStatistics {
  const counts = new Uint32Array(bins);
  let [values, zeros, total] = [0, 0, 0];
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const channel of channels) {
    values += channel.values;
    zeros += channel.zeros;
    total += channel.mean * channel.values;
    min = Math.min(min, channel.min);
    max = Math.max(max, channel.max);
    for (let i = 0; i < bins; i++) counts[i]! += channel.counts[i]!;
  }
  return { values, zeros, min, max, mean: total / values, counts };
}
