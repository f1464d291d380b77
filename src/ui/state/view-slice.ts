import type { StateCreator } from "zustand";
import type { ViewId } from "../views";

/** Where the user is. */
export interface ViewSlice {
  readonly view: ViewId;
  setView(view: ViewId): void;
}

export const viewSlice: StateCreator<ViewSlice> = (set) => ({
  view: "classify",
  setView: (view) => set({ view }),
});
