import type { NetworkRun, PreparedInput } from "../../workers/emulator-api";

/** A frame of the camera that the network was given. */
export interface LiveFrame {
  /** Counts the frames taken, from 1. */
  readonly number: number;
  /** When it was taken: milliseconds, as `performance.now()`. */
  readonly takenAt: number;
  readonly prepared: PreparedInput;
  /** The emulator's answer. Rejects as the run does. */
  readonly run: Promise<NetworkRun>;
}

/**
 * Hears of every frame as soon as its input is there. The next frame is taken when the emulator is
 * done with this one and what is returned has settled: who must see each frame returns a promise.
 */
export type FrameListener = (frame: LiveFrame) => Promise<void> | undefined;
