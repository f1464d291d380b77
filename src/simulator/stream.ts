import { StreamscopeError } from "../graph/errors";
import type { Bins } from "./bins";
import { Ring } from "./ring";

/** A time that is not known yet: what it depends on has not been simulated. */
export const UNKNOWN = -1;

/** Cycles are kept in 32 bits. */
const MAX_CYCLE = 2 ** 31 - 2;

export interface StreamOptions {
  readonly name: string;
  /** Beats it holds; Infinity for a FIFO whose depth is to be found out. */
  readonly depth: number;
  /** A bare connection: one register, which takes a beat in the cycle in which the one before leaves. */
  readonly register?: boolean;
  /** Beats a frame. */
  readonly beats: number;
}

/** Cycles of the first and the last beat of a frame. */
interface FrameSpan {
  readonly first: number;
  readonly last: number;
}

/**
 * A stream between two machines, with its FIFO. It does not hold beats but the cycles in which they
 * moved: beat k can be taken from the cycle after it was put in, and put in when beat k - depth has
 * been taken in an earlier cycle. The two sides are simulated one ahead of the other; within a side
 * cycles rise.
 */
export class Stream {
  readonly name: string;
  readonly depth: number;
  readonly beats: number;
  readonly register: boolean;
  /** Beats put in and taken out so far. */
  written = 0;
  taken = 0;
  maxOccupancy = 0;
  /** When each frame was put in and taken out. */
  readonly gaveFrame: FrameSpan[] = [];
  readonly tookFrame: FrameSpan[] = [];
  /** Of every frame that was put in: a fingerprint of the cycles between all its beats. */
  readonly frameShape: number[] = [];

  /** Cycles of the last beats put in and taken out: of as many as can still matter. */
  readonly #writes: Ring;
  readonly #reads: Ring;
  readonly #freedAfter: number;
  readonly #writtenBins: Bins | null;
  readonly #takenBins: Bins | null;
  /** Beats whose coming and going has been put in order of time, for the occupancy. */
  #orderedWrites = 0;
  #orderedReads = 0;
  #lastWrite = 0;
  #shape = 0;
  #firstWrite = 0;
  #firstRead = 0;
  /** Beats of the frame under way that are still to come, on either side. */
  #toWrite: number;
  #toRead: number;

  constructor({ name, depth, register = false, beats }: StreamOptions, bins: readonly [Bins, Bins] | null) {
    this.name = name;
    this.depth = depth;
    this.beats = beats;
    this.register = register;
    this.#freedAfter = register ? 0 : 1;
    const held = Number.isFinite(depth) ? depth : 1024;
    this.#writes = new Ring(held);
    this.#reads = new Ring(held);
    this.#toWrite = beats;
    this.#toRead = beats;
    this.#writtenBins = bins?.[0] ?? null;
    this.#takenBins = bins?.[1] ?? null;
  }

  /** The first cycle in which the next beat can be taken. */
  arrival(): number {
    return this.taken < this.written ? this.#writes.get(this.taken) + 1 : UNKNOWN;
  }

  /** The first cycle in which the next beat can be put in. */
  room(): number {
    const waitsFor = this.written - this.depth;
    if (waitsFor < 0) return 0;
    return waitsFor < this.taken ? this.#reads.get(waitsFor) + this.#freedAfter : UNKNOWN;
  }

  put(cycle: number): void {
    if (cycle > MAX_CYCLE) throw tooLong();
    if (this.written - Math.min(this.taken, this.#orderedWrites) >= this.#writes.size) this.#grow();
    this.#writes.set(this.written++, cycle);
    if (this.#writtenBins) this.#writtenBins.add(cycle);
    this.#shape = (Math.imul(this.#shape, 31) + cycle - this.#lastWrite) | 0;
    this.#lastWrite = cycle;
    if (this.#toWrite === this.beats) this.#firstWrite = cycle;
    if (--this.#toWrite === 0) {
      this.#toWrite = this.beats;
      this.gaveFrame.push({ first: this.#firstWrite, last: cycle });
      this.frameShape.push(this.#shape);
      this.#shape = 0;
    }
    this.#order();
  }

  take(cycle: number): void {
    if (this.taken - this.#orderedReads >= this.#reads.size) this.#grow();
    this.#reads.set(this.taken++, cycle);
    if (this.#takenBins) this.#takenBins.add(cycle);
    if (this.#toRead === this.beats) this.#firstRead = cycle;
    if (--this.#toRead === 0) {
      this.#toRead = this.beats;
      this.tookFrame.push({ first: this.#firstRead, last: cycle });
    }
    this.#order();
  }

  /** No beat will come any more: what is in it counts too. */
  settle(): void {
    this.#orderedWrites = this.written;
    this.maxOccupancy = Math.max(this.maxOccupancy, this.written - this.#orderedReads);
  }

  trace(bins: number): { written: Uint32Array; read: Uint32Array } {
    const none = new Uint32Array(bins + 1);
    return { written: this.#writtenBins?.totals(bins) ?? none, read: this.#takenBins?.totals(bins) ?? none };
  }

  /**
   * Follows both sides in order of time as far as both are known. A beat that comes in the cycle in
   * which another goes counts beside it: the FIFO needs a place for it.
   */
  #order(): void {
    while (this.#orderedWrites < this.written && this.#orderedReads < this.taken) {
      const came = this.#writes.get(this.#orderedWrites);
      const went = this.#reads.get(this.#orderedReads);
      if (came < went || (came === went && !this.register)) {
        this.#orderedWrites++;
        const held = this.#orderedWrites - this.#orderedReads;
        if (held > this.maxOccupancy) this.maxOccupancy = held;
      } else {
        this.#orderedReads++;
      }
    }
  }

  /** Only a FIFO without a limit ever has to. */
  #grow(): void {
    this.#writes.grow(this.written);
    this.#reads.grow(this.taken);
  }
}

function tooLong(): StreamscopeError {
  return new StreamscopeError(
    "bad-input",
    "The simulation is longer than 2^31 cycles. Simulate fewer frames, or give the slowest nodes more PE or SIMD.",
  );
}
