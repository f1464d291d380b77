import type { Machine, Need } from "./machine";
import type { Stream } from "./stream";

/** Machines and the streams between them. */
export class Network {
  /** Of each machine, those that share a stream with it. */
  readonly #neighbours: readonly (readonly number[])[];
  /** Machines to look at, because a stream of theirs has changed: in a ring, each at most once. */
  readonly #waiting: Int32Array;
  readonly #isWaiting: Uint8Array;
  #first = 0;
  #count = 0;

  constructor(
    readonly machines: readonly Machine[],
    readonly streams: readonly Stream[],
  ) {
    const touching = (stream: Stream) =>
      machines.flatMap(({ inputs, outputs }, i) =>
        inputs.includes(stream) || outputs.includes(stream) ? [i] : [],
      );
    const ends = new Map(streams.map((stream) => [stream, touching(stream)]));
    this.#neighbours = machines.map(({ inputs, outputs }, self) => {
      const shared = [...inputs, ...outputs].flatMap((stream) => ends.get(stream) ?? []);
      return [...new Set(shared)].filter((other) => other !== self);
    });
    this.#waiting = new Int32Array(machines.length);
    this.#isWaiting = new Uint8Array(machines.length);
  }

  /** Lets every machine work on so many frames in all. */
  allow(frames: number): void {
    for (const [index, machine] of this.machines.entries()) {
      machine.frames = frames;
      this.#stir(index);
    }
  }

  /**
   * Lets machines work whose streams have changed, so many one after the other. False when nothing is
   * left to do: all frames are through, or the machines wait for each other.
   */
  work(turns: number): boolean {
    for (let turn = 0; turn < turns; turn++) {
      if (this.#count === 0) return false;
      const index = this.#waiting[this.#first]!;
      this.#first = this.#first + 1 === this.#waiting.length ? 0 : this.#first + 1;
      this.#count--;
      this.#isWaiting[index] = 0;
      if (this.machines[index]!.advance()) {
        const neighbours = this.#neighbours[index]!;
        for (let i = 0; i < neighbours.length; i++) this.#stir(neighbours[i]!);
      }
    }
    return true;
  }

  /** Nothing will move any more: brings ledgers and streams up to date. */
  settle(): void {
    for (const machine of this.machines) machine.settle();
    for (const stream of this.streams) stream.settle();
  }

  /** Cycles until the last beat had moved, once settled. */
  get cycles(): number {
    return this.machines.reduce((cycles, { ledger }) => Math.max(cycles, ledger.now), 0);
  }

  /** Who still waits, and for what. Empty when every frame is through. */
  waiting(): { machine: Machine; need: Need }[] {
    return this.machines.flatMap((machine) => machine.needs().map((need) => ({ machine, need })));
  }

  #stir(index: number): void {
    if (this.#isWaiting[index] === 1) return;
    this.#isWaiting[index] = 1;
    const at = this.#first + this.#count++;
    this.#waiting[at < this.#waiting.length ? at : at - this.#waiting.length] = index;
  }
}
