import { writeNpy } from "../write-npy";

/** A NumPy file, on request with a header that says something else of the same values. */
export function npyFile(
  shape: readonly number[],
  data: Uint8Array | Float32Array,
  changes: { readonly type?: string; readonly fortranOrder?: "True" } = {},
): Uint8Array {
  const file = Buffer.from(writeNpy(shape, data));
  const headerBytes = file.readUInt16LE(8);
  const header = file
    .toString("latin1", 10, 10 + headerBytes)
    .trimEnd()
    .replace(/(?<='descr': ')[^']+/, (type) => changes.type ?? type)
    .replace(/(?<='fortran_order': )\w+/, (order) => changes.fortranOrder ?? order);
  file.write(`${header.padEnd(headerBytes - 1)}\n`, 10, "latin1");
  return new Uint8Array(file);
}
