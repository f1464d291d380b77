import { greatestCommonDivisor } from "../../../hardware/greatest-common-divisor";
import type { Cut } from "./beats";
import type { Moment } from "./moment";

/** A width converter at a moment: values count over all frames, in the order of the stream. */
export interface ConverterState {
  /** The beat that comes in next, and the one that goes out next, as first value and one behind the last. */
  readonly entering: Span;
  readonly leaving: Span;
  /** What it has taken and not given yet. */
  readonly held: Span;
  /** Values of a group: the least common multiple of both widths, after which it starts afresh. */
  readonly group: number;
  /** Is the beat that goes out next all there? */
  readonly isReady: boolean;
}

/** Values from `first` on, before `end`. */
export interface Span {
  readonly first: number;
  readonly end: number;
}

/** It joins whole groups, then cuts them: a beat goes out once its group is complete. */
export function converterAt(
  { taken, given }: Pick<Moment, "taken" | "given">,
  inputLanes: number,
  outputLanes: number,
): ConverterState {
  const group = (inputLanes * outputLanes) / greatestCommonDivisor(inputLanes, outputLanes);
  const whole = Math.floor((taken * inputLanes) / group) * group;
  return {
    entering: { first: taken * inputLanes, end: (taken + 1) * inputLanes },
    leaving: { first: given * outputLanes, end: (given + 1) * outputLanes },
    held: { first: given * outputLanes, end: taken * inputLanes },
    group,
    isReady: (given + 1) * outputLanes <= whole,
  };
}

/** Which frame a value of a stream belongs to, and its number within it. */
export function inFrame({ beats, lanes }: Cut, nth: number): { frame: number; nth: number } {
  const aFrame = beats * lanes;
  return { frame: Math.floor(nth / aFrame), nth: nth % aFrame };
}
