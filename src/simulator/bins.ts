import type { TraceWindow } from "./trace";

/** Adds up amounts by cycle, in bins of the trace's resolution, with what came before the window. */
export class Bins {
  #before = 0;
  #bins = new Uint32Array(256);
  readonly #from: number;
  readonly #to: number;
  readonly #resolution: number;

  constructor({ from = 0, to = Number.POSITIVE_INFINITY, resolution }: TraceWindow) {
    this.#from = from;
    this.#to = to;
    this.#resolution = resolution;
  }

  /** One beat in this cycle. */
  add(cycle: number): void {
    if (cycle < this.#from) this.#before++;
    else if (cycle < this.#to) this.#count(this.#binOf(cycle), 1);
  }

  /** One for every cycle from `begin` to before `end`. */
  addCycles(begin: number, end: number): void {
    if (begin < this.#from) this.#before += Math.min(end, this.#from) - begin;
    const last = Math.min(end, this.#to);
    let at = Math.max(begin, this.#from);
    while (at < last) {
      const bin = this.#binOf(at);
      const next = Math.min(last, this.#from + (bin + 1) * this.#resolution);
      this.#count(bin, next - at);
      at = next;
    }
  }

  /** Running totals at the start of each of so many bins, and at the end of the last. */
  totals(bins: number): Uint32Array {
    const totals = new Uint32Array(bins + 1);
    let sum = this.#before;
    for (let bin = 0; bin <= bins; bin++) {
      totals[bin] = sum;
      sum += this.#bins[bin] ?? 0;
    }
    return totals;
  }

  #binOf(cycle: number): number {
    return Math.floor((cycle - this.#from) / this.#resolution);
  }

  #count(bin: number, amount: number): void {
    if (bin >= this.#bins.length) {
      const more = new Uint32Array(Math.max(bin + 1, 2 * this.#bins.length));
      more.set(this.#bins);
      this.#bins = more;
    }
    this.#bins[bin]! += amount;
  }
}
