import type { StateCreator } from "zustand";
import type { Tap } from "../engine-types";
import type { Failure } from "../session/failure";

/** One node's output for one result. */
type Measurement =
  | { readonly phase: "running"; readonly node: string; readonly attempt: number }
  | { readonly phase: "done"; readonly node: string; readonly attempt: number; readonly tap: Tap }
  | { readonly phase: "failed"; readonly node: string; readonly attempt: number; readonly failure: Failure };

/** The node under the user's eye. */
export interface NodeSlice {
  /** Name of the selected node. */
  readonly node: string | null;
  /** What was measured last; it counts only for its own node and attempt. */
  readonly measurement: Measurement | null;
  selectNode(node: string | null): void;
  setMeasurement(measurement: Measurement | null): void;
}

export const nodeSlice: StateCreator<NodeSlice> = (set) => ({
  node: null,
  measurement: null,
  selectNode: (node) => set({ node }),
  setMeasurement: (measurement) => set({ measurement }),
});
