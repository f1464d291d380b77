import { expect, test } from "vitest";
import { greatestCommonDivisor } from "./greatest-common-divisor";

test.each([
  [24, 36, 12],
  [36, 24, 12],
  [7, 8, 1],
  [128, 64, 64],
  [5, 5, 5],
])("of %i and %i", (a, b, divisor) => expect(greatestCommonDivisor(a, b)).toBe(divisor));
