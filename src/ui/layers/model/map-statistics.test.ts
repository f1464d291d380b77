import * as fc from "fast-check";
import { expect, test } from "vitest";
import { int, uint } from "../../../graph/datatype";
import { runToEnd } from "../../testing/run-to-end";
import { describeChannel } from "./describe-channel";
import type { FeatureMap } from "./feature-map";
import { binsOf, mapStatistics as inSteps } from "./map-statistics";

const mapStatistics = (...args: Parameters<typeof inSteps>) => runToEnd(inSteps(...args));

/** A map of values in rows, one channel. */
function map(...rows: number[][]): FeatureMap {
  const width = rows[0]!.length;
  return strided(Int32Array.from(rows.flat()), rows.length, width, 1);
}

const strided = (data: Int32Array, height: number, width: number, channels: number): FeatureMap => ({
  height,
  width,
  channels,
  data,
  offset: 0,
  rowStride: width * channels,
  columnStride: channels,
});

test("counts each channel, and all together", () => {
  // Two pixels of three channels: (0, 15, 3) and (0, 15, 0).
  const { channels, whole, alwaysZero, alwaysMax } = mapStatistics(
    strided(Int32Array.from([0, 15, 3, 0, 15, 0]), 1, 2, 3),
    uint(4),
  );
  expect(channels.map(({ zeros }) => zeros)).toEqual([2, 0, 1]);
  expect(channels[2]).toMatchObject({ values: 2, min: 0, max: 3, mean: 1.5 });
  expect([...channels[2]!.counts]).toEqual([1, 0, 0, 1, ...new Array(12).fill(0)]);
  expect(whole).toMatchObject({ values: 6, zeros: 3, min: 0, max: 15, mean: 5.5 });
  expect([alwaysZero, alwaysMax]).toEqual([[0], [1]]);
});

test("a 4-bit type has a bin a value, wider ones 32", () => {
  expect(binsOf(uint(4))).toEqual({ count: 16, width: 1 });
  expect(binsOf(uint(8))).toEqual({ count: 32, width: 8 });
  expect(binsOf(int(3))).toEqual({ count: 8, width: 1 });
  expect([...mapStatistics(map([-4, 3]), int(3)).whole.counts]).toEqual([1, 0, 0, 0, 0, 0, 0, 1]);
});

test("the bins hold every value once, in whatever strides it lies", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 12, maxLength: 12 }),
      fc.constantFrom([1, 3, 4], [2, 3, 2], [3, 2, 2]),
      (values, [height = 1, width = 1, channels = 1]) => {
        const { channels: each, whole } = mapStatistics(
          strided(Int32Array.from(values), height, width, channels),
          uint(4),
        );
        for (let value = 0; value < 16; value++) {
          expect(whole.counts[value]).toBe(values.filter((other) => other === value).length);
        }
        each.forEach((channel, c) => {
          const own = values.filter((_, i) => i % channels === c);
          expect(channel.mean).toBeCloseTo(own.reduce((sum, value) => sum + value) / own.length, 10);
          expect([channel.min, channel.max]).toEqual([Math.min(...own), Math.max(...own)]);
        });
      },
    ),
  );
});

const describe = (shown: FeatureMap) => describeChannel(shown, 0, mapStatistics(shown, uint(4)).channels[0]!);

test("a channel in words says how much is zero and where its highest values are", () => {
  expect(
    describe(map([15, 15, 0, 0, 0, 0], [15, 15, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 15])),
  ).toBe("Zeros: 79 %. Mean 3.1, values 0 to 15. Most of its 5 15s are at the upper left.");
  expect(describe(map([0, 0, 7], [0, 2, 0], [0, 0, 0]))).toBe(
    "Zeros: 78 %. Mean 1.0, values 0 to 7. The only 7 is at row 0, column 2.",
  );
  expect(describe(map([9, 0, 9], [0, 0, 0], [9, 0, 9]))).toContain("Its 4 9s are spread over the map.");
  expect(describe(map([0, 0], [0, 0]))).toBe("All 4 values are 0.");
  expect(describe(map([6]))).toBe("Its value is 6.");
});
