/** What was measured of the newest frames. */
export interface LiveMeasurements {
  /** Frames that the network answered in a second; null before the second. */
  readonly framesPerSecond: number | null;
  /** Running medians, in milliseconds; null where nothing was measured yet. */
  readonly medianMs: Readonly<Record<LiveStage, number | null>>;
  /** Is `capture` counted from the light, as the camera tells? Else from when the frame was ready to be shown. */
  readonly fromLight: boolean;
  /** Frames that the camera gave since it is on, and those of them that the network answered. */
  readonly given: number;
  readonly taken: number;
}

/**
 * `capture`: until the page has the frame; `resize`: to the network's input, in the worker;
 * `emulate`: the network; `draw`: from the answer until it is painted.
 */
export type LiveStage = "capture" | "resize" | "emulate" | "draw";

/** What is known of a frame when it is answered. */
export interface FrameSample extends Readonly<Record<Exclude<LiveStage, "draw">, number>> {
  readonly fromLight: boolean;
  readonly given: number;
  /** When it was answered, in milliseconds. */
  readonly answeredAt: number;
}

/** Of how many of the newest frames a median is: an odd number, so that it is one that occurred. */
export const medianLength = 31;

/** Measures frames, for as long as one camera is on. */
export class LiveMeter {
  readonly #newest: Record<LiveStage, number[]> = { capture: [], resize: [], emulate: [], draw: [] };
  #answers: number[] = [];
  #taken = 0;
  #interruptions = 0;

  /** A frame was answered. */
  add({ fromLight, given, answeredAt, ...stages }: FrameSample): LiveMeasurements {
    this.#keep("capture", stages.capture);
    this.#keep("resize", stages.resize);
    this.#keep("emulate", stages.emulate);
    this.#answers = [...this.#answers.slice(1 - medianLength), answeredAt];
    this.#taken++;
    return {
      framesPerSecond: framesPerSecond(this.#answers),
      medianMs: {
        capture: median(this.#newest.capture),
        resize: median(this.#newest.resize),
        emulate: median(this.#newest.emulate),
        draw: median(this.#newest.draw),
      },
      fromLight,
      given,
      taken: this.#taken,
    };
  }

  /**
   * An answer is to be painted. Returns what is to be told how long that took: it counts from the
   * next frame on, unless there was an interruption in between.
   */
  startDraw(): (ms: number) => void {
    const before = this.#interruptions;
    return (ms) => {
      if (this.#interruptions === before) this.#keep("draw", ms);
    };
  }

  /** Nothing was taken for a while: that time belongs to no frame. */
  interrupt(): void {
    this.#answers = [];
    this.#interruptions++;
  }

  #keep(stage: LiveStage, ms: number): void {
    this.#newest[stage] = [...this.#newest[stage].slice(1 - medianLength), ms];
  }
}

/** Of an even number of values the mean of the middle two; null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const above = sorted[sorted.length >> 1];
  const below = sorted[(sorted.length - 1) >> 1];
  return above === undefined || below === undefined ? null : (above + below) / 2;
}

/** Between the first of some times and the last, in order, in milliseconds; null if they are fewer than two. */
export function framesPerSecond(times: readonly number[]): number | null {
  const lasted = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return lasted > 0 ? ((times.length - 1) * 1000) / lasted : null;
}
