import fc from "fast-check";
import { expect, test } from "vitest";
import { largestOf, readIntegers } from "./integer-tensor";

/** The platform's own arrays, which are little-endian wherever browsers run. */
const arrays = {
  INT8: Int8Array,
  INT16: Int16Array,
  INT32: Int32Array,
  UINT8: Uint8Array,
  UINT16: Uint16Array,
  UINT32: Uint32Array,
};

test.each(Object.entries(arrays))("%s is read as the platform wrote it, at any offset", (datatype, Typed) => {
  const bits = 8 * Typed.BYTES_PER_ELEMENT;
  const signed = datatype.startsWith("INT");
  const max = 2 ** (signed ? bits - 1 : bits) - 1;
  const values = fc.array(fc.integer({ min: signed ? -max - 1 : 0, max }), { maxLength: 20 });
  expect(largestOf(datatype)).toBe(max);
  fc.assert(
    fc.property(values, fc.nat(9), (numbers, offset) => {
      const bytes = new Uint8Array(offset + numbers.length * Typed.BYTES_PER_ELEMENT);
      bytes.set(new Uint8Array(Typed.from(numbers).buffer), offset);
      expect(readIntegers(datatype, bytes.subarray(offset))).toEqual(numbers);
    }),
  );
});

test.each([
  ["INT64", BigInt64Array],
  ["UINT64", BigUint64Array],
] as const)("%s is read up to 2^53", (datatype, Typed) => {
  const numbers = [0, 999, 2 ** 31, Number.MAX_SAFE_INTEGER];
  const bytes = new Uint8Array(Typed.from(numbers.map(BigInt)).buffer);
  expect(readIntegers(datatype, bytes)).toEqual(numbers);
});

test("a cut element and a foreign type are no integers", () => {
  expect(readIntegers("INT32", new Uint8Array(7))).toBeNull();
  expect(readIntegers("FP32", new Uint8Array(8))).toBeNull();
  expect(readIntegers("toString", new Uint8Array(8))).toBeNull();
  expect(largestOf("FP32")).toBeNull();
});
