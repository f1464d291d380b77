import { type IntegerArray, sizeOf } from "../../graph/dataflow";
import type { DataType } from "../../graph/datatype";
import { integerArray } from "../../graph/integer-array";

/** Repeatable random integers: the same seed gives the same numbers in every browser. */
export class Random {
  #state: number;

  constructor(seed: number) {
    // Spread neighbouring seeds, and never start at 0, where xorshift stays for ever.
    this.#state = Math.imul(seed + 1, 0x9e3779b1) >>> 0 || 1;
  }

  /** The next 32 bits (Marsaglia's xorshift32). */
  bits(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x >>> 0;
    return this.#state;
  }

  /** A uniform integer of [min, max]. */
  integer(min: number, max: number): number {
    return min + Math.floor((this.bits() / 2 ** 32) * (max - min + 1));
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.integer(0, choices.length - 1)];
    if (choice === undefined) throw new RangeError("nothing to pick from");
    return choice;
  }

  /** Values of a data type; `narrow` leaves out a signed type's lowest value. BIPOLAR gives -1 and +1. */
  tensor(type: DataType, shape: readonly number[], narrow = false): IntegerArray {
    const data = integerArray(type, sizeOf(shape));
    const low = narrow && type.signed && type.bits > 1 ? type.min + 1 : type.min;
    for (let i = 0; i < data.length; i++) {
      data[i] = type.name === "BIPOLAR" ? this.pick([-1, 1]) : this.integer(low, type.max);
    }
    return data;
  }

  /** Input bytes for a stream of this type and shape (see `readInput`). */
  input(type: DataType, shape: readonly number[]): Uint8Array {
    return new Uint8Array(this.tensor(type, shape).buffer as ArrayBuffer);
  }
}
