import fc from "fast-check";
import { expect, test } from "vitest";
import { dataType } from "../datatype";
import { constant } from "../testing/tiny-graph";
import { pack, packedBytes, unpack } from "./pack";

const names = [
  "BIPOLAR",
  "BINARY",
  "UINT1",
  "INT2",
  "INT3",
  "UINT4",
  "INT4",
  "INT7",
  "UINT8",
  "INT8",
  "INT11",
  "UINT16",
  "INT17",
  "INT32",
];

test("what is packed comes back, in no more bytes than stated", () => {
  const cases = fc.constantFrom(...names).chain((name) => {
    const type = dataType(name);
    const value = name === "BIPOLAR" ? fc.constantFrom(-1, 1) : fc.integer({ min: type.min, max: type.max });
    return fc.tuple(fc.constant(type), fc.array(value, { minLength: 1, maxLength: 70 }));
  });
  fc.assert(
    fc.property(cases, fc.nat(3), ([type, values], misalign) => {
      const bytes = pack(constant(type, [values.length], values));
      expect(bytes.length).toBe(packedBytes(type, values.length));
      const shifted = new Uint8Array(bytes.length + misalign);
      shifted.set(bytes, misalign);
      expect([...unpack(shifted.subarray(misalign), type, [values.length])]).toEqual(values);
    }),
  );
});

test("4-bit weights take half a byte, the first in the low half", () => {
  expect([...pack(constant(dataType("INT4"), [3], [1, -1, 7]))]).toEqual([0xf1, 0x07]);
});
