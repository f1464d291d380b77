/** The protocol's integer types: how many bytes an element has, and how to read one (little-endian). */
interface IntegerType {
  readonly bytes: number;
  readonly max: number;
  readonly read: (view: DataView, at: number) => number;
}

/** 64-bit values beyond 2^53 lose their last digits here; no class index is near. */
const integerTypes: Readonly<Record<string, IntegerType>> = {
  INT8: { bytes: 1, max: 2 ** 7 - 1, read: (view, at) => view.getInt8(at) },
  INT16: { bytes: 2, max: 2 ** 15 - 1, read: (view, at) => view.getInt16(at, true) },
  INT32: { bytes: 4, max: 2 ** 31 - 1, read: (view, at) => view.getInt32(at, true) },
  INT64: { bytes: 8, max: 2 ** 63 - 1, read: (view, at) => Number(view.getBigInt64(at, true)) },
  UINT8: { bytes: 1, max: 2 ** 8 - 1, read: (view, at) => view.getUint8(at) },
  UINT16: { bytes: 2, max: 2 ** 16 - 1, read: (view, at) => view.getUint16(at, true) },
  UINT32: { bytes: 4, max: 2 ** 32 - 1, read: (view, at) => view.getUint32(at, true) },
  UINT64: { bytes: 8, max: 2 ** 64 - 1, read: (view, at) => Number(view.getBigUint64(at, true)) },
};

const typeOf = (datatype: string) =>
  Object.hasOwn(integerTypes, datatype) ? integerTypes[datatype] : undefined;

/** The largest value of an integer type of the protocol; null for what is none. */
export function largestOf(datatype: string): number | null {
  return typeOf(datatype)?.max ?? null;
}

/** The elements of a binary tensor; null if the type is no integer or the last element is cut. */
export function readIntegers(datatype: string, bytes: Uint8Array): number[] | null {
  const type = typeOf(datatype);
  if (!type || bytes.length % type.bytes !== 0) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / type.bytes }, (_, i) => type.read(view, i * type.bytes));
}
