import type { StateCreator } from "zustand";

/** What a link asked for and is not shown yet. */
export interface LinkSlice {
  /** Name of a sample photo; null when it is shown, or not to be had. */
  readonly wantedSample: string | null;
  setWantedSample(name: string | null): void;
}

export const linkSlice: StateCreator<LinkSlice> = (set) => ({
  wantedSample: null,
  setWantedSample: (wantedSample) => set({ wantedSample }),
});
