import type { StateCreator } from "zustand";

/** The node under the user's eye. */
export interface NodeSlice {
  /** Name of the selected node. */
  readonly node: string | null;
  selectNode(node: string | null): void;
}

export const nodeSlice: StateCreator<NodeSlice> = (set) => ({
  node: null,
  selectNode: (node) => set({ node }),
});
