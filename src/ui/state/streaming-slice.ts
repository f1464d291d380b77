import type { StateCreator } from "zustand";
import type { Simulation } from "../../simulator/result";
import type { Trace } from "../../simulator/trace";
import type { FoldedDesign } from "./folding-slice";

/** How the design on screen streams: its simulation, with a coarse trace of all of it. */
export interface Streaming {
  /** The very design that was simulated; compare with `shownDesign` to see whether it is out of date. */
  readonly design: FoldedDesign;
  readonly simulation: Simulation;
}

/** A stretch of the same simulation at one cycle a bin. */
export interface FineTrace {
  readonly design: FoldedDesign;
  readonly trace: Trace;
}

/** The simulation, and the cycle that all pictures of it show. */
export interface StreamingSlice {
  readonly streaming: Streaming | null;
  /** Around the shown cycle, when single cycles are looked at. */
  readonly fineTrace: FineTrace | null;
  /** Share of a simulation under way; null when none is. */
  readonly simulating: number | null;
  /** Why there is none: a sentence. */
  readonly streamingFailure: string | null;
  /** The cycle on screen, a whole number from 0. */
  readonly cycle: number;
  /** Does the user want it to play? It is held while a picture that is out of date waits for the new one. */
  readonly playing: boolean;
  /** Cycles of the accelerator a second of the user's, while it plays. */
  readonly speed: number;
  /** `at` is the cycle to show then; left out, the shown one stays. Both are held within the simulation. */
  setStreaming(streaming: Streaming, at?: number): void;
  setFineTrace(fine: FineTrace | null): void;
  setSimulating(share: number | null): void;
  setStreamingFailure(sentence: string | null): void;
  /** Fractions are dropped; cycles before the first and after the last are held at the ends. */
  setCycle(cycle: number): void;
  /** A cycle of a simulation that is still to come, which may be longer than the one at hand. */
  setCycleToCome(cycle: number): void;
  setPlaying(playing: boolean): void;
  setSpeed(speed: number): void;
}

/** From one cycle a second to a thousand frames of the U250 a second. */
export const slowest = 1;
export const fastest = 1e8;

export const streamingSlice: StateCreator<StreamingSlice> = (set) => ({
  streaming: null,
  fineTrace: null,
  simulating: null,
  streamingFailure: null,
  cycle: 0,
  playing: false,
  speed: 2000,
  setStreaming: (streaming, at) =>
    set(({ cycle, fineTrace }) => ({
      streaming,
      // More frames of the same design leave the cycles before them as they were.
      fineTrace: fineTrace?.design === streaming.design ? fineTrace : null,
      streamingFailure: null,
      cycle: Math.min(at ?? cycle, lastCycle(streaming)),
    })),
  setFineTrace: (fineTrace) => set({ fineTrace }),
  setSimulating: (simulating) => set({ simulating }),
  setStreamingFailure: (streamingFailure) =>
    set(({ playing }) => ({ streamingFailure, playing: playing && streamingFailure === null })),
  setCycle: (cycle) =>
    set(({ streaming }) => ({
      cycle: Math.max(0, Math.min(Math.floor(cycle), streaming ? lastCycle(streaming) : cycle)),
    })),
  setCycleToCome: (cycle) => set({ cycle }),
  setPlaying: (playing) => set({ playing }),
  setSpeed: (speed) => set({ speed: Math.max(slowest, Math.min(fastest, speed)) }),
});

function lastCycle({ simulation }: Streaming): number {
  return Math.max(0, simulation.cycles - 1);
}
