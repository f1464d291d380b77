import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { int } from "../../graph/datatype";
import { constant } from "../../graph/testing/tiny-graph";
import { stairs } from "../testing/chain";
import { Random } from "../testing/random";
import {
  DOT4_NEURONS,
  packChannelWeights,
  packDot4Weights,
  packThresholdsByStep,
  packThresholdsInFours,
  packTileThresholds,
  packTileWeights,
  TILE_NEURONS,
} from "./pack";

/** What `weightBytes` in `bytes.wgsl` makes of a word, without the factors. */
const weightBytes = (word: number): number[] => [
  word >> 24,
  ((word >> 16) & 0xff) - 128,
  ((word >> 8) & 0xff) - 128,
  (word & 0xff) - 128,
];
/** What `dot4I8Packed` sees in a word. */
const signedBytes = (word: number): number[] => [
  (word << 24) >> 24,
  (word << 16) >> 24,
  (word << 8) >> 24,
  word >> 24,
];

const matrix = fc
  .record({
    neurons: fc.integer({ min: 1, max: 40 }),
    taps: fc.integer({ min: 1, max: 9 }),
    channels: fc.integer({ min: 1, max: 9 }),
    seed: fc.nat(),
  })
  .map(({ seed, ...sizes }) => ({
    ...sizes,
    data: new Random(seed).tensor(int(8), [sizes.neurons, sizes.taps, sizes.channels]),
  }));

describe("packed weights", () => {
  it.each([
    ["tile", packTileWeights, weightBytes, TILE_NEURONS, true],
    ["dot4", packDot4Weights, signedBytes, DOT4_NEURONS, false],
  ] as const)(
    "%s: every weight is where the kernel looks, all else is zero",
    (_, pack, decode, multiple, grouped) => {
      fc.assert(
        fc.property(matrix, (m) => {
          const packed = pack(m);
          const words = Math.ceil(m.channels / 4);
          const rows = Math.ceil(m.neurons / multiple) * multiple;
          expect(packed.length).toBe(rows * m.taps * words);
          for (let neuron = 0; neuron < rows; neuron++) {
            for (let k = 0; k < m.taps * words; k++) {
              const group = Math.floor(neuron / multiple);
              const at = grouped
                ? (group * m.taps * words + k) * multiple + (neuron % multiple)
                : neuron * m.taps * words + k;
              const tap = Math.floor(k / words);
              const expected = [0, 1, 2, 3].map((i) => {
                const channel = (k % words) * 4 + i;
                const exists = neuron < m.neurons && channel < m.channels;
                return exists ? m.data[(neuron * m.taps + tap) * m.channels + channel] : 0;
              });
              expect(decode(packed[at]!)).toEqual(expected);
            }
          }
        }),
        { numRuns: 30 },
      );
    },
  );

  it("depthwise: four channels a word, tap by tap", () => {
    const weights = constant(int(8), [5, 2], [1, -1, 2, -2, 3, -3, 4, -4, -128, 127]);
    const words = Array.from(packChannelWeights(weights), weightBytes);
    expect(words).toEqual([
      [1, 2, 3, 4],
      [-1, -2, -3, -4],
      [-128, 0, 0, 0],
      [127, 0, 0, 0],
    ]);
  });
});

describe("packed thresholds", () => {
  const activation = stairs([
    [1, 2, 3, 4, 5],
    [-(2 ** 31), -7, 0, 7, 2 ** 31 - 1],
  ]);
  const bound = 2 ** 24;

  it("integers by step", () => {
    const packed = packThresholdsByStep(activation, 32);
    expect(packed.length).toBe(32 * 5);
    expect([...packed.subarray(0, 8)]).toEqual([1, -(2 ** 31), 0, 0, 2, -7, 0, 0]);
  });

  it("floats by step, clipped to what no float sum reaches, steps padded with thresholds beyond reach", () => {
    const packed = packTileThresholds(activation);
    expect(packed.length).toBe(16 * 8);
    expect([...packed.subarray(0, 8)]).toEqual([1, -bound, bound, bound, 2, -7, bound, bound]);
    expect([...packed.subarray(16, 24)]).toEqual([5, bound, bound, bound, bound, bound, bound, bound]);
  });

  it("floats in fours by channel", () => {
    const packed = packThresholdsInFours(activation);
    expect(packed.length).toBe(4 * 8);
    expect([...packed.subarray(8, 16)]).toEqual([-bound, -7, 0, 7, bound, bound, bound, bound]);
  });
});
