/** The last of a sequence of cycles, by number: as many as a power of two. */
export class Ring {
  #values: Int32Array;
  #mask: number;

  constructor(atLeast: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(1, atLeast)));
    this.#values = new Int32Array(size);
    this.#mask = size - 1;
  }

  get size(): number {
    return this.#mask + 1;
  }

  get(number: number): number {
    return this.#values[number & this.#mask]!;
  }

  set(number: number, value: number): void {
    this.#values[number & this.#mask] = value;
  }

  /** Twice as large, with the values of the numbers before `end` that it holds. */
  grow(end: number): void {
    const { size } = this;
    const wider = new Int32Array(2 * size);
    for (let number = Math.max(0, end - size); number < end; number++) {
      wider[number & (2 * size - 1)] = this.get(number);
    }
    this.#values = wider;
    this.#mask = 2 * size - 1;
  }
}
