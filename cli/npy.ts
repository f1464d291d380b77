import { StreamscopeError } from "../src/graph/errors";

/** An array of a NumPy file, its last axis fastest. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array | Float32Array;
}

const MAGIC = "\x93NUMPY";

/** The header as NumPy itself writes it: a Python dictionary with these three keys, in this order. */
const HEADER =
  /^\{'descr': '([^']*)', 'fortran_order': (True|False), 'shape': \(((?:\d+, )*\d+|\d+,|)\), \}\s*$/;

/**
 * Reads a NumPy file (`.npy`, versions 1 to 3) of uint8 or little-endian float32 in C order, all that
 * `numpy.save` makes of an image's values. Throws `bad-input` for any other, and for one that is cut off.
 */
export function readNpy(bytes: Uint8Array): NpyArray {
  const refuse = (why: string) =>
    new StreamscopeError("bad-input", `This is no NumPy file that can be used: ${why}.`);
  const latin1 = (from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString("latin1");
  if (bytes.length < 12 || latin1(0, 6) !== MAGIC) throw refuse("it does not begin as one");

  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint8(6);
  if (version < 1 || version > 3) throw refuse(`its format is version ${version}`);
  const headerAt = version === 1 ? 10 : 12;
  const dataAt = headerAt + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (dataAt > bytes.length) throw refuse("it is cut off");

  const header = HEADER.exec(latin1(headerAt, dataAt));
  if (!header) throw refuse("its header is not as NumPy writes it");
  const [, type = "", fortranOrder, dims = ""] = header;
  if (fortranOrder === "True") throw refuse("it is in Fortran order; save numpy.ascontiguousarray(x)");
  const bytesPerValue = type === "|u1" ? 1 : type === "<f4" ? 4 : null;
  if (bytesPerValue === null) throw refuse(`its values are ${type}, not uint8 (|u1) or float32 (<f4)`);

  const shape =
    dims === ""
      ? []
      : dims
          .split(",")
          .filter((dim) => dim !== "")
          .map(Number);
  const count = shape.reduce((product, dim) => product * dim, 1);
  const found = bytes.length - dataAt;
  if (found !== count * bytesPerValue) {
    throw refuse(
      `it has ${found} bytes of values, but its shape (${shape.join(", ")}) needs ${count * bytesPerValue}`,
    );
  }
  if (bytesPerValue === 1) return { shape, data: Uint8Array.from(bytes.subarray(dataAt)) };
  const data = new Float32Array(count);
  for (let i = 0; i < count; i++) data[i] = view.getFloat32(dataAt + 4 * i, true);
  return { shape, data };
}
