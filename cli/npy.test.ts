import fc from "fast-check";
import { expect, test } from "vitest";
import { readNpy } from "./npy";
import { npyFile } from "./testing/npy-file";

test("reads what NumPy 1.26 wrote: numpy.arange(6, dtype='<f4').reshape(1, 2, 3) - 1.5", () => {
  const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 3), }";
  const file = Buffer.concat([
    Buffer.from("\x93NUMPY\x01\x00v\x00", "latin1"),
    Buffer.from(`${header.padEnd(117)}\n`),
    Buffer.from("0000c0bf000000bf0000003f0000c03f0000204000006040", "hex"),
  ]);
  expect(file).toHaveLength(152);
  expect(readNpy(file)).toEqual({
    shape: [1, 2, 3],
    data: Float32Array.of(-1.5, -0.5, 0.5, 1.5, 2.5, 3.5),
  });
});

test("reads what NumPy wrote in format 2.0, whose header may be longer", () => {
  const header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2), }";
  const file = Buffer.from(`\x93NUMPY\x02\x00t\x00\x00\x00${header.padEnd(115)}\n\x00\x01\x02\x03`, "latin1");
  expect(readNpy(file)).toEqual({ shape: [2, 2], data: Uint8Array.of(0, 1, 2, 3) });
});

test("any array comes back, of no axis or many, at any place in memory", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(4), { maxLength: 4 }),
      fc.boolean(),
      fc.nat(3),
      fc.noShrink(fc.nat()),
      (shape, bytes, shift, seed) => {
        const count = shape.reduce((product, dim) => product * dim, 1);
        const values = Array.from({ length: count }, (_, i) => (seed + 37 * i) % 256);
        const data = bytes ? Uint8Array.from(values) : Float32Array.from(values, (value) => value / 8);
        const file = npyFile(shape, data);
        const moved = new Uint8Array(file.length + shift).subarray(shift);
        moved.set(file);
        expect(readNpy(moved)).toEqual({ shape, data });
      },
    ),
  );
});

const floats = Float32Array.of(1, 2, 3, 4, 5, 6);
const good = npyFile([2, 3], floats);

test.each([
  { what: "a picture", bytes: Buffer.from("\x89PNG\r\n\x1a\n0000"), says: "does not begin as one" },
  { what: "nothing", bytes: new Uint8Array(), says: "does not begin as one" },
  {
    what: "a newer format",
    bytes: Uint8Array.from(good, (byte, i) => (i === 6 ? 9 : byte)),
    says: "version 9",
  },
  { what: "a cut header", bytes: good.subarray(0, 50), says: "cut off" },
  {
    what: "cut values",
    bytes: good.subarray(0, -1),
    says: "has 23 bytes of values, but its shape (2, 3) needs 24",
  },
  { what: "bytes behind the values", bytes: Buffer.concat([good, Buffer.of(0)]), says: "has 25 bytes" },
  { what: "Fortran order", bytes: npyFile([2, 3], floats, { fortranOrder: "True" }), says: "Fortran order" },
  { what: "big-endian values", bytes: npyFile([2, 3], floats, { type: ">f4" }), says: "its values are >f4" },
  { what: "Python objects", bytes: npyFile([6], floats, { type: "|O" }), says: "its values are |O" },
  {
    what: "another dictionary",
    bytes: Buffer.from(Buffer.from(good).toString("latin1").replace("'shape'", "'forme'"), "latin1"),
    says: "not as NumPy writes it",
  },
])("refuses $what", ({ bytes, says }) => {
  expect(() => readNpy(bytes)).toThrow(says);
});
