import type { Folded } from "../hardware/model";
import { cyclesOf } from "../hardware/models";
import { fillWords, isOneRow, isParallel, rowCycles, windowGeometry } from "../hardware/sliding-window";
import type { Machine, Need } from "./machine";
import { Ring } from "./ring";
import { type Stream, UNKNOWN } from "./stream";
import type { TraceWindow } from "./trace";
import { TwoSidedLedger } from "./two-sided-ledger";

/**
 * The windows go out in steps, each a whole row of windows; with a parallel window each beat is a
 * step. Words count from 0 in a frame.
 */
export interface WindowSchedule {
  /** Words a frame. */
  readonly words: number;
  readonly steps: number;
  readonly windowsAStep: number;
  readonly beatsAWindow: number;
  /** The last word that must be in before a window of a step may go. */
  readonly needs: (step: number, window: number) => number;
  /** Cycles from the first beat of a step to the first of the next, at least. */
  readonly stepCycles: number;
  /** Cycles from the first beat of the last step to the first word of the next frame, at least. */
  readonly lastStepCycles: number;
  /** Cycles from the last word of a frame to the first of the next, at least. */
  readonly afterLastWord: number;
  /** May the next frame come in while the last windows go out? */
  readonly overlapsFrames: boolean;
  /** Words of one step, at most. */
  readonly reach: number;
}

/**
 * FINN's cycle formulas told as rules for single beats: a frame's first window goes when the buffer
 * is filled; the words for the next row come in while a row goes out; a frame starts when the one
 * before is through. So a machine that never waits takes exactly `cyclesOf` for each frame.
 */
export function windowSchedule(folded: Folded<"ConvolutionInputGenerator">): WindowSchedule {
  const g = windowGeometry(folded);
  const words = g.height * g.width * g.channelFold;
  const fill = fillWords(folded);
  const rowWords = g.strideHeight * g.width * g.channelFold;
  const columnWords = g.strideWidth * g.channelFold;
  const capped = (word: number) => Math.min(words, word) - 1;
  if (isParallel(folded)) {
    const row = g.outWidth * g.channelFold;
    return {
      words,
      steps: g.outHeight * row,
      windowsAStep: 1,
      beatsAWindow: 1,
      needs: (step) => {
        const y = Math.floor(step / row);
        const x = Math.floor((step - y * row) / g.channelFold);
        return capped(y * rowWords + x * columnWords + (step % g.channelFold) + fill);
      },
      stepCycles: 1,
      lastStepCycles: 1,
      afterLastWord: cyclesOf(folded) - words + 1,
      overlapsFrames: false,
      reach: rowWords + columnWords,
    };
  }
  const wholeRows = folded.node.impl === "hls";
  const stepCycles = rowCycles(folded);
  return {
    words,
    steps: g.outHeight,
    windowsAStep: g.outWidth,
    beatsAWindow: g.window * g.channelFold,
    needs: (step, window) => capped(step * rowWords + (wholeRows ? 0 : window * columnWords) + fill),
    stepCycles,
    lastStepCycles: cyclesOf(folded) - fill - (g.outHeight - 1) * stepCycles,
    afterLastWord: 1,
    overlapsFrames: isOneRow(folded),
    reach: rowWords,
  };
}

/**
 * The sliding window generator. One side takes words into the line buffer, the other reads windows
 * out of it. A word may overwrite an old one when the row of windows that needed the old one has
 * begun; a window may go when its last word is in.
 */
export class WindowMachine implements Machine {
  frames = 0;
  readonly inputs: readonly [Stream];
  readonly outputs: readonly [Stream];
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
      return overlapsFrames && this.#begun === steps && this.#wordsIn <= needs(0, 0);
    }
    const last = this.#begun === steps ? words - 1 : needs(this.#begun, 0);
    return this.#wordsIn <= last;
  }

  #give(): boolean {
    if (this.#frameOut === this.frames) return false;
    let fed = 0;
    let ready = this.#lastGive + 1;
    if (this.#beat === 0) {
      const word = this.schedule.needs(this.#step, this.#window);
      if (this.#frameIn === this.#frameOut && word >= this.#wordsIn) return false;
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
    if (this.output.room() === UNKNOWN) return [{ what: "room", stream: this.output }];
    return [{ what: "beat", stream: this.input }];
  }

  settle(): void {
    this.#ledger.settle();
  }
}
