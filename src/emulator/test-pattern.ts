import { type DataflowGraph, mapShape, sizeOf } from "../graph/dataflow";
import { integerArray } from "../graph/integer-array";

export const testPatterns = ["waves", "noise"] as const;
export type TestPattern = (typeof testPatterns)[number];

/**
 * The bytes of a made-up frame for any network, as `Engine.run` takes them: `waves` has smooth
 * slopes that cross, as photos have; `noise` reaches every value of the input's data type anywhere.
 */
export function testPattern(graph: DataflowGraph, pattern: TestPattern): Uint8Array {
  const { shape, datatype } = graph.input;
  const { min, max } = datatype;
  const values = integerArray(datatype, sizeOf(shape));
  // A vector has no channels that lie side by side: it is one row.
  const { width, channels } =
    shape.length === 4 ? mapShape(graph.input) : { width: values.length, channels: 1 };
  const next = pattern === "noise" ? noise() : waves(width, channels);
  for (let i = 0; i < values.length; i++) {
    const value = min + Math.floor(next(i) * (max - min + 1));
    // BIPOLAR has no 0.
    values[i] = datatype.name === "BIPOLAR" && value === 0 ? 1 : value;
  }
  return new Uint8Array(values.buffer);
}

/** From 0 to below 1, by the place in NHWC. */
type Source = (index: number) => number;

function waves(width: number, channels: number): Source {
  return (index) => {
    const c = index % channels;
    const x = Math.floor(index / channels) % width;
    const y = Math.floor(index / (channels * width));
    return (slope(3 * x + y * (c + 1), 97) + slope(5 * y + x * (c + 2), 61) + slope(x + 7 * c, 131)) / 3;
  };
}

/** Near 1 at multiples of 2 * period, 0 half-way between, straight lines in between. */
function slope(n: number, period: number): number {
  return Math.abs((n % (2 * period)) - period) / (period + 1);
}

/** A linear congruential generator; the high bits are the random ones. */
function noise(): Source {
  let state = 1;
  return () => {
    state = (Math.imul(1103515245, state) + 12345) & 0x7fffffff;
    return state / 2 ** 31;
  };
}
