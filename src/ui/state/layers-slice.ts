import type { StateCreator } from "zustand";

/** A pixel of one layer's feature map. */
export interface PickedPixel {
  /** Whose output; null for the network's input. */
  readonly node: string | null;
  readonly row: number;
  readonly column: number;
}

/** What is looked at within a node's output. */
export interface LayersSlice {
  /** Counts for any node: where it has fewer channels, its last one is meant. */
  readonly channel: number;
  /** Where it was picked; other layers show the pixel that looks at the same place. Null: none was picked. */
  readonly pixel: PickedPixel | null;
  setChannel(channel: number): void;
  setPixel(pixel: PickedPixel | null): void;
}

export const layersSlice: StateCreator<LayersSlice> = (set) => ({
  channel: 0,
  pixel: null,
  setChannel: (channel) => set({ channel }),
  setPixel: (pixel) => set({ pixel }),
});
