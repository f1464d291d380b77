import type { IntegerArray } from "./dataflow";
import type { DataType } from "./datatype";

/** A zeroed array of the smallest element type that holds `type`. Throws RangeError above 32 bits. */
export function integerArray(type: DataType, length: number): IntegerArray {
  if (type.min >= -0x80 && type.max <= 0x7f) return new Int8Array(length);
  if (type.min >= 0 && type.max <= 0xff) return new Uint8Array(length);
  if (type.min >= -0x8000 && type.max <= 0x7fff) return new Int16Array(length);
  if (type.min >= 0 && type.max <= 0xffff) return new Uint16Array(length);
  if (type.min >= -(2 ** 31) && type.max <= 2 ** 31 - 1) return new Int32Array(length);
  throw new RangeError(`${type.name} does not fit 32 signed bits`);
}
