import fc from "fast-check";
import { expect, test } from "vitest";
import { bitLength, dataType, isIntegerDataType, smallestDataType } from "./datatype";

test("FINN's names carry their range", () => {
  expect(dataType("UINT4")).toMatchObject({ bits: 4, signed: false, min: 0, max: 15 });
  expect(dataType("INT8")).toMatchObject({ bits: 8, signed: true, min: -128, max: 127 });
  expect(dataType("INT1")).toMatchObject({ min: -1, max: 0 });
  expect(dataType("BIPOLAR")).toMatchObject({ bits: 1, min: -1, max: 1 });
  expect(dataType("BINARY")).toMatchObject({ bits: 1, min: 0, max: 1 });
  expect(dataType("INT33").max).toBe(2 ** 32 - 1);
});

test.each(["FLOAT32", "UINT0", "INT65", "SCALEDINT<8>", "", "uint4", "INT04"])(
  "%s is refused by name",
  (name) => {
    expect(() => dataType(name)).toThrow(`"${name}"`);
    expect(isIntegerDataType(name)).toBe(false);
  },
);

test("bitLength counts binary digits", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (n) => {
      expect(bitLength(n)).toBe(n.toString(2).length);
    }),
  );
  expect(bitLength(0)).toBe(0);
});

test("the smallest type holds its range, and no narrower one does", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (a, b) => {
      const [min, max] = a < b ? [a, b] : [b, a];
      const type = smallestDataType(min, max);
      expect(type.min <= min && max <= type.max).toBe(true);
      expect(type.signed).toBe(min < 0);
      if (type.bits > 1) {
        const narrower = dataType(`${type.signed ? "" : "U"}INT${type.bits - 1}`);
        expect(narrower.min <= min && max <= narrower.max).toBe(false);
      }
    }),
  );
});

test("the figures of FINN's report: MobileNet's accumulators", () => {
  // 1024 inputs of 0..15, weights -7..7 give 18 bits; the depthwise window 11.
  expect(smallestDataType(-1024 * 15 * 7, 1024 * 15 * 7).name).toBe("INT18");
  expect(smallestDataType(-9 * 15 * 7, 9 * 15 * 7).name).toBe("INT11");
  expect(smallestDataType(-27 * 255 * 127, 27 * 255 * 127).name).toBe("INT21");
});
