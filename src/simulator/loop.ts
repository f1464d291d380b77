import { Ledger } from "./ledger";
import type { Machine, Need } from "./machine";
import { type Stream, UNKNOWN } from "./stream";
import type { TraceWindow } from "./trace";

/** Steps alike, one after the other: each computes for some cycles, then moves its beats in one cycle. */
export interface Run {
  readonly steps: number;
  /** Cycles before the one in which beats move. */
  readonly compute: number;
  /** Does it take a beat from every input? */
  readonly takes: boolean;
  /** Does it give a beat to every output? */
  readonly gives: boolean;
}

/** Runs that come again and again. */
export interface Block {
  readonly times: number;
  readonly runs: readonly Run[];
}

/** What a pipelined loop does for one frame. */
export type LoopProgram = readonly Block[];

/**
 * A loop with one step a cycle, as HLS pipelines it: a step that takes and gives does both in the
 * same cycle, and waits for both. Most nodes are such loops, and so are the two DMAs.
 */
export class LoopMachine implements Machine {
  frames = 0;
  readonly ledger: Ledger;
  readonly frameCycles: number;
  readonly #program: LoopProgram;
  #frame = 0;
  #block = 0;
  #time = 0;
  #run = 0;
  #step = 0;

  constructor(
    readonly name: string,
    readonly inputs: readonly Stream[],
    readonly outputs: readonly Stream[],
    program: LoopProgram,
    window: TraceWindow | null,
  ) {
    this.ledger = new Ledger(window);
    this.#program = program
      .map(({ times, runs }) => ({ times, runs: runs.filter(({ steps }) => steps > 0) }))
      .filter(({ times, runs }) => times > 0 && runs.length > 0);
    this.frameCycles = cyclesOfProgram(this.#program);
  }

  advance(): boolean {
    let moved = false;
    while (this.#frame < this.frames) {
      const run = this.#current();
      const before = this.#step;
      const through = this.#advanceRun(run);
      if (this.#step > before) moved = true;
      if (!through) return moved;
      this.#nextRun();
    }
    return moved;
  }

  /** True when the run is through. */
  #advanceRun(run: Run): boolean {
    const { ledger } = this;
    while (this.#step < run.steps) {
      const arrival = run.takes ? latestArrival(this.inputs) : 0;
      if (arrival === UNKNOWN) return false;
      const room = run.gives ? latestRoom(this.outputs) : 0;
      if (room === UNKNOWN) return false;
      ledger.busyUntil(ledger.now + run.compute);
      ledger.starvedUntil(arrival);
      ledger.blockedUntil(room);
      const cycle = ledger.now;
      ledger.busyUntil(cycle + 1);
      if (run.takes) for (const input of this.inputs) input.take(cycle);
      if (run.gives) for (const output of this.outputs) output.put(cycle);
      this.#step++;
    }
    return true;
  }

  #nextRun(): void {
    this.#step = 0;
    const block = this.#program[this.#block]!;
    if (++this.#run < block.runs.length) return;
    this.#run = 0;
    if (++this.#time < block.times) return;
    this.#time = 0;
    if (++this.#block < this.#program.length) return;
    this.#block = 0;
    this.#frame++;
    this.ledger.frameDone();
  }

  #current(): Run {
    return this.#program[this.#block]!.runs[this.#run]!;
  }

  needs(): Need[] {
    if (this.#frame >= this.frames) return [];
    const { takes, gives } = this.#current();
    const beats = takes ? this.inputs.filter((input) => input.arrival() === UNKNOWN) : [];
    const rooms = gives ? this.outputs.filter((output) => output.room() === UNKNOWN) : [];
    return [
      ...beats.map((stream) => ({ what: "beat", stream }) as const),
      ...rooms.map((stream) => ({ what: "room", stream }) as const),
    ];
  }

  settle(): void {}
}

function cyclesOfProgram(program: LoopProgram): number {
  let cycles = 0;
  for (const { times, runs } of program)
    for (const { steps, compute } of runs) cycles += times * steps * (compute + 1);
  return cycles;
}

function latestArrival(inputs: readonly Stream[]): number {
  let latest = 0;
  for (const input of inputs) {
    const arrival = input.arrival();
    if (arrival === UNKNOWN) return UNKNOWN;
    if (arrival > latest) latest = arrival;
  }
  return latest;
}

function latestRoom(outputs: readonly Stream[]): number {
  let latest = 0;
  for (const output of outputs) {
    const room = output.room();
    if (room === UNKNOWN) return UNKNOWN;
    if (room > latest) latest = room;
  }
  return latest;
}
