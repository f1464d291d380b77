import type { Folded } from "../hardware/model";
import { cyclesOf } from "../hardware/models";
import { fillWords, isOneRow, isParallel, rowCycles, windowGeometry } from "../hardware/sliding-window";

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
  // Of whole dilated rows, as the HLS counts them, there may be more than the map has.
  const fill = Math.min(words, fillWords(folded));
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
      afterLastWord: Math.max(1, cyclesOf(folded) - words + 1),
      overlapsFrames: false,
      reach: rowWords + columnWords,
    };
  }
  const wholeRows = folded.node.impl === "hls";
  if (!wholeRows && isOneRow(folded)) return oneRowSchedule(folded);
  const stepCycles = rowCycles(folded);
  const beatsAWindow = g.window * g.channelFold;
  return {
    words,
    steps: g.outHeight,
    windowsAStep: g.outWidth,
    beatsAWindow,
    needs: (step, window) => capped(step * rowWords + (wholeRows ? 0 : window * columnWords) + fill),
    stepCycles,
    lastStepCycles: Math.max(0, cyclesOf(folded) - fill - (g.outHeight - 1) * stepCycles),
    afterLastWord: 1,
    overlapsFrames: false,
    reach: rowWords,
  };
}

/**
 * A single row is a row of windows whichever way it lies, each window a step. FINN's formula for it
 * counts no fill: the next frame comes in while the last window goes out.
 */
function oneRowSchedule(folded: Folded<"ConvolutionInputGenerator">): WindowSchedule {
  const g = windowGeometry(folded);
  const words = g.height * g.width * g.channelFold;
  const windows = g.outHeight * g.outWidth;
  const stride = g.height === 1 ? g.strideWidth : g.strideHeight;
  const stepWords = stride * g.channelFold;
  const beatsAWindow = g.window * g.channelFold;
  const fill = fillWords(folded);
  const stepCycles = Math.max(beatsAWindow, stepWords);
  return {
    words,
    steps: windows,
    windowsAStep: 1,
    beatsAWindow,
    needs: (step) => step * stepWords + fill - 1,
    stepCycles,
    lastStepCycles: Math.max(0, cyclesOf(folded) - fill - (windows - 1) * stepCycles),
    afterLastWord: 1,
    overlapsFrames: true,
    reach: stepWords,
  };
}

/**
 * Cycles a frame in the steady state when nothing makes the machine wait. It is FINN's `cyclesOf`, or
 * more where that has not even the time to take a frame's words: FINN's formulas leave out a stride
 * along the height that is larger than along the width, and in a single row strides beyond the kernel
 * and dilation.
 */
export function unhinderedCycles(schedule: WindowSchedule): number {
  const { words, steps, windowsAStep, beatsAWindow, needs, stepCycles, afterLastWord } = schedule;
  let lastWord = needs(0, 0);
  const firstStep = lastWord + 1;
  let began = firstStep;
  for (let step = 1; step <= steps; step++) {
    const wanted = step < steps ? needs(step, 0) : words - 1;
    const missing = wanted - needs(step - 1, 0);
    if (missing > 0) lastWord = began + missing - 1;
    if (step < steps) began = Math.max(began + stepCycles, lastWord + 1);
  }
  const through = began + windowsAStep * beatsAWindow - (schedule.overlapsFrames ? firstStep : 0);
  return Math.max(began + schedule.lastStepCycles, lastWord + afterLastWord, through);
}
