import type { IntegerArray } from "../src/graph/dataflow";

/** The arrays that are written, by NumPy's names of their types. */
const types = {
  "|u1": Uint8Array,
  "|i1": Int8Array,
  "<u2": Uint16Array,
  "<i2": Int16Array,
  "<i4": Int32Array,
  "<i8": BigInt64Array,
  "<f4": Float32Array,
};

export type NpyData = IntegerArray | BigInt64Array | Float32Array;

/**
 * Writes a NumPy file (`.npy`, version 1), as `numpy.save` does: little-endian, the last axis fastest,
 * the values at a multiple of 64 bytes.
 */
export function writeNpy(shape: readonly number[], data: NpyData): Uint8Array {
  const type = Object.entries(types).find(([, array]) => data instanceof array)?.[0];
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dictionary = `{'descr': '${type}', 'fortran_order': False, 'shape': (${dims}), }`;
  const headerBytes = Math.ceil((10 + dictionary.length + 1) / 64) * 64 - 10;
  const file = new Uint8Array(10 + headerBytes + data.byteLength);
  file.set([0x93, ...Buffer.from("NUMPY"), 1, 0, headerBytes & 0xff, headerBytes >> 8]);
  file.set(Buffer.from(`${dictionary.padEnd(headerBytes - 1)}\n`, "latin1"), 10);
  // Typed arrays are little-endian on every machine that Node runs on.
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 10 + headerBytes);
  return file;
}
