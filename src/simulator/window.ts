import type { Machine, Need } from "./machine";
import { Ring } from "./ring";
import { type Stream, UNKNOWN } from "./stream";
import type { TraceWindow } from "./trace";
import { TwoSidedLedger } from "./two-sided-ledger";
import { unhinderedCycles, type WindowSchedule } from "./window-schedule";

/**
 * The sliding window generator. One side takes words into the line buffer, the other reads windows
 * out of it. A word may overwrite an old one when the row of windows that needed the old one has
 * begun; a window may go when its last word is in.
 */
export class WindowMachine implements Machine {
  frames = 0;
  readonly inputs: readonly [Stream];
  readonly outputs: readonly [Stream];
  readonly frameCycles: number;
  readonly #ledger: TwoSidedLedger;
  /** Cycles in which the last words came in, by number over all frames. */
  readonly #cameIn: Ring;

  #frameIn = 0;
  #wordsIn = 0;
  #lastTake = -1;
  #frameOut = 0;
  #step = 0;
  #window = 0;
  #beat = 0;
  #lastGive = -1;
  /** Steps of `#frameOut` whose first beat has gone, and when the last of them did. */
  #begun = 0;
  #beganAt = 0;
  /** The first word of the next frame may not come before this cycle. */
  #nextFrameFrom = 0;

  constructor(
    readonly name: string,
    private readonly input: Stream,
    private readonly output: Stream,
    private readonly schedule: WindowSchedule,
    window: TraceWindow | null,
  ) {
    this.inputs = [input];
    this.outputs = [output];
    this.#cameIn = new Ring(schedule.needs(0, 0) + schedule.reach + 2);
    const { steps, windowsAStep, beatsAWindow } = schedule;
    this.frameCycles = unhinderedCycles(schedule);
    this.#ledger = new TwoSidedLedger(window, steps * windowsAStep * beatsAWindow);
  }

  get ledger() {
    return this.#ledger.ledger;
  }

  advance(): boolean {
    let moved = false;
    while (this.#take() || this.#give()) moved = true;
    return moved;
  }

  #take(): boolean {
    if (!this.#mayTake()) return false;
    const arrival = this.input.arrival();
    if (arrival === UNKNOWN) return false;
    const newFrame = this.#wordsIn === 0;
    const ready = Math.max(this.#lastTake + 1, newFrame ? this.#nextFrameFrom : this.#beganAt);
    const cycle = Math.max(ready, arrival);
    this.input.take(cycle);
    this.#ledger.took(cycle, newFrame ? ready : 0);
    this.#cameIn.set(this.#frameIn * this.schedule.words + this.#wordsIn, cycle);
    this.#lastTake = cycle;
    if (++this.#wordsIn === this.schedule.words) {
      this.#wordsIn = 0;
      this.#frameIn++;
      this.#nextFrameFrom = Math.max(this.#nextFrameFrom, cycle + this.schedule.afterLastWord);
    }
    return true;
  }

  /** Is there a place in the buffer that no window needs any more? */
  #mayTake(): boolean {
    const { steps, words, needs, overlapsFrames } = this.schedule;
    if (this.#frameIn === this.frames) return false;
    if (this.#frameIn > this.#frameOut) {
      const isNext = this.#frameIn === this.#frameOut + 1;
      return overlapsFrames && isNext && this.#begun === steps && this.#wordsIn <= needs(0, 0);
    }
    // Words behind the last window are still to come when the windows have all gone.
    const isRest = this.#frameIn < this.#frameOut || this.#begun === steps;
    return this.#wordsIn <= (isRest ? words - 1 : needs(this.#begun, 0));
  }

  #give(): boolean {
    if (this.#frameOut === this.frames) return false;
    let fed = 0;
    let ready = this.#lastGive + 1;
    if (this.#beat === 0) {
      const word = this.schedule.needs(this.#step, this.#window);
      if (!this.#isIn(word)) return false;
      fed = this.#cameIn.get(this.#frameOut * this.schedule.words + word) + 1;
      ready = Math.max(ready, fed);
      if (this.#window === 0 && this.#step > 0)
        ready = Math.max(ready, this.#beganAt + this.schedule.stepCycles);
    }
    const room = this.output.room();
    if (room === UNKNOWN) return false;
    const cycle = Math.max(ready, room);
    this.output.put(cycle);
    this.#ledger.gave(cycle, fed, ready);
    this.#lastGive = cycle;
    if (this.#beat === 0 && this.#window === 0) {
      this.#begun = this.#step + 1;
      this.#beganAt = cycle;
    }
    this.#nextBeat();
    return true;
  }

  /** Has this word of the frame that goes out come in? */
  #isIn(word: number): boolean {
    if (this.#frameIn !== this.#frameOut) return this.#frameIn > this.#frameOut;
    return word < this.#wordsIn;
  }

  #nextBeat(): void {
    const { beatsAWindow, windowsAStep, steps } = this.schedule;
    if (this.#begun === steps) {
      const through = this.schedule.overlapsFrames ? 0 : this.#lastGive + 1;
      const paced = this.#beganAt + this.schedule.lastStepCycles;
      this.#nextFrameFrom = Math.max(this.#nextFrameFrom, through, paced);
    }
    if (++this.#beat < beatsAWindow) return;
    this.#beat = 0;
    if (++this.#window < windowsAStep) return;
    this.#window = 0;
    if (++this.#step < steps) return;
    this.#step = 0;
    this.#begun = 0;
    this.#frameOut++;
  }

  needs(): Need[] {
    if (this.#frameOut === this.frames) return [];
    const isFed = this.#beat > 0 || this.#isIn(this.schedule.needs(this.#step, this.#window));
    return [isFed ? { what: "room", stream: this.output } : { what: "beat", stream: this.input }];
  }

  settle(): void {
    this.#ledger.settle();
  }
}
