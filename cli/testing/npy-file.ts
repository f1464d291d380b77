/** A NumPy file (format 1.0) as `numpy.save` writes it: the header is padded so that values begin at a multiple of 64 bytes. */
export function npyFile(
  shape: readonly number[],
  data: Uint8Array | Float32Array,
  changes: { readonly type?: string; readonly fortranOrder?: "True" } = {},
): Uint8Array {
  const type = changes.type ?? (data instanceof Uint8Array ? "|u1" : "<f4");
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dictionary = `{'descr': '${type}', 'fortran_order': ${changes.fortranOrder ?? "False"}, 'shape': (${dims}), }`;
  const headerBytes = Math.ceil((10 + dictionary.length + 1) / 64) * 64 - 10;
  const begin = Buffer.from([0x93, ...Buffer.from("NUMPY"), 1, 0, headerBytes & 255, headerBytes >> 8]);
  const header = Buffer.from(`${dictionary.padEnd(headerBytes - 1)}\n`, "latin1");
  return new Uint8Array(
    Buffer.concat([begin, header, Buffer.from(data.buffer, data.byteOffset, data.byteLength)]),
  );
}
