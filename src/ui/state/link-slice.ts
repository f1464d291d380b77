import type { StateCreator } from "zustand";

/** Names in a link that nobody has looked up yet. */
export interface UncheckedPlace {
  readonly node: string | null;
  readonly block: string | null;
}

/** What a link asked for and is not shown yet. */
export interface LinkSlice {
  /** Name of a sample photo; null when it is shown, or not to be had. */
  readonly wantedSample: string | null;
  /** A name is taken out once it is known whether the network has it. */
  readonly uncheckedPlace: UncheckedPlace;
  setWantedSample(name: string | null): void;
  setUncheckedPlace(place: UncheckedPlace): void;
}

export const linkSlice: StateCreator<LinkSlice> = (set) => ({
  wantedSample: null,
  uncheckedPlace: { node: null, block: null },
  setWantedSample: (wantedSample) => set({ wantedSample }),
  setUncheckedPlace: (uncheckedPlace) => set({ uncheckedPlace }),
});
