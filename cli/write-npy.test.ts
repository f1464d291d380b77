import { expect, test } from "vitest";
import { readNpy } from "./npy";
import { writeNpy } from "./write-npy";

const header = (file: Uint8Array) => Buffer.from(file.subarray(10, 10 + file[8]!)).toString("latin1");

test("what was written can be read", () => {
  const data = Uint8Array.from({ length: 24 }, (_, i) => 10 * i);
  expect(readNpy(writeNpy([2, 3, 4], data))).toEqual({ shape: [2, 3, 4], data });
  expect(readNpy(writeNpy([24], data)).shape).toEqual([24]);
});

test("the header is NumPy's, and the values begin at a multiple of 64 bytes", () => {
  // What numpy.save makes of numpy.array([[391, 0]]).
  const file = writeNpy([1, 2], BigInt64Array.of(391n, 0n));
  expect(header(file).trimEnd()).toBe("{'descr': '<i8', 'fortran_order': False, 'shape': (1, 2), }");
  expect(header(file).at(-1)).toBe("\n");
  expect(file.length).toBe(128 + 16);
  expect(Array.from(file.subarray(128, 132))).toEqual([0x87, 1, 0, 0]);
});

test.each([
  [new Int8Array(1), "|i1"],
  [new Uint16Array(1), "<u2"],
  [new Int16Array(1), "<i2"],
  [new Int32Array(1), "<i4"],
])("%o is written as %s", (data, type) => {
  expect(header(writeNpy([1], data))).toContain(`'descr': '${type}'`);
});
