import { type Constant, type IntegerArray, sizeOf } from "../dataflow";
import type { DataType } from "../datatype";
import { integerArray } from "../integer-array";

/** Widths in which a package stores integers. */
const storageBits = [1, 2, 4, 8, 16, 32] as const;

/** Bits that one value of this type takes in a package: the next of 1, 2, 4, 8, 16, 32. */
export function packedBits(type: DataType): number {
  const bits = storageBits.find((width) => width >= type.bits);
  if (!bits) throw new RangeError(`${type.name} is wider than a package stores`);
  return bits;
}

/** Bytes that a constant takes in a package. */
export function packedBytes(type: DataType, length: number): number {
  return Math.ceil((length * packedBits(type)) / 8);
}

/**
 * Packs integers: the first value in the lowest bits of the first byte, values of 16 and 32
 * bits little-endian. Signed values are in two's complement; BIPOLAR stores -1 as 0 and +1 as 1.
 */
export function pack(constant: Constant): Uint8Array {
  const { datatype, data } = constant;
  const bits = packedBits(datatype);
  const bytes = new Uint8Array(packedBytes(datatype, data.length));
  if (bits >= 8) {
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < data.length; i++) {
      if (bits === 8) view.setUint8(i, data[i]!);
      else if (bits === 16) view.setUint16(2 * i, data[i]!, true);
      else view.setUint32(4 * i, data[i]!, true);
    }
    return bytes;
  }
  const perByte = 8 / bits;
  const mask = (1 << bits) - 1;
  const bipolar = datatype.name === "BIPOLAR";
  for (let i = 0; i < data.length; i++) {
    const code = bipolar ? (data[i]! > 0 ? 1 : 0) : data[i]! & mask;
    bytes[Math.floor(i / perByte)]! |= code << ((i % perByte) * bits);
  }
  return bytes;
}

/** The inverse of `pack`. `bytes` has exactly `packedBytes` bytes; it may be unaligned. */
export function unpack(bytes: Uint8Array, datatype: DataType, shape: readonly number[]): IntegerArray {
  const data = integerArray(datatype, sizeOf(shape));
  const bits = packedBits(datatype);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { signed } = datatype;
  if (bits >= 8) {
    for (let i = 0; i < data.length; i++) {
      if (bits === 8) data[i] = signed ? view.getInt8(i) : view.getUint8(i);
      else if (bits === 16) data[i] = signed ? view.getInt16(2 * i, true) : view.getUint16(2 * i, true);
      else data[i] = view.getInt32(4 * i, true);
    }
    return data;
  }
  const perByte = 8 / bits;
  const mask = (1 << bits) - 1;
  const bipolar = datatype.name === "BIPOLAR";
  const unsignedShift = 32 - bits;
  for (let i = 0; i < data.length; i++) {
    const code = (bytes[Math.floor(i / perByte)]! >> ((i % perByte) * bits)) & mask;
    data[i] = bipolar ? 2 * code - 1 : signed ? (code << unsignedShift) >> unsignedShift : code;
  }
  return data;
}
