import { StreamscopeError } from "./errors";

/**
 * FINN's integer data types by name: `UINT4`, `INT8`, `BIPOLAR` (-1, +1),
 * `BINARY` (0, 1, the same as `UINT1`). Widths go from 1 to 64 bits.
 */
export interface DataType {
  readonly name: string;
  readonly bits: number;
  readonly signed: boolean;
  readonly min: number;
  readonly max: number;
}

const cache = new Map<string, DataType>();

/** Looks a data type up by FINN's name. Throws `unsupported-model` for others (floats too). */
export function dataType(name: string): DataType {
  const known = cache.get(name);
  if (known) return known;
  const made = parse(name);
  cache.set(name, made);
  return made;
}

/** Is this the name of an integer data type? */
export function isIntegerDataType(name: string): boolean {
  try {
    dataType(name);
    return true;
  } catch {
    return false;
  }
}

/** `uint(4)` is UINT4. */
export const uint = (bits: number): DataType => dataType(`UINT${bits}`);
/** `int(8)` is INT8. */
export const int = (bits: number): DataType => dataType(`INT${bits}`);

/** The smallest type that holds every integer of [min, max]: unsigned if min >= 0 (FINN: the type of a minimised accumulator). */
export function smallestDataType(min: number, max: number): DataType {
  if (min > max) throw new RangeError(`empty range [${min}, ${max}]`);
  if (min >= 0) return uint(Math.max(1, bitLength(max)));
  return int(bitLength(Math.max(-min - 1, max)) + 1);
}

/** Bits needed to write a non-negative integer: 0 -> 0, 15 -> 4, 16 -> 5. Exact up to 2^53. */
export function bitLength(value: number): number {
  let bits = 0;
  for (let v = value; v >= 1; v = Math.floor(v / 2)) bits++;
  return bits;
}

function parse(name: string): DataType {
  if (name === "BIPOLAR") return { name, bits: 1, signed: true, min: -1, max: 1 };
  if (name === "BINARY") return { name, bits: 1, signed: false, min: 0, max: 1 };
  const match = /^(U?)INT([1-9]\d?)$/.exec(name);
  const bits = match ? Number(match[2]) : 0;
  if (!match || bits > 64) {
    throw new StreamscopeError("unsupported-model", `"${name}" is not an integer data type.`, {
      datatype: name,
    });
  }
  return match[1] === "U"
    ? { name, bits, signed: false, min: 0, max: 2 ** bits - 1 }
    : { name, bits, signed: true, min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 };
}
