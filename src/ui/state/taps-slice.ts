import type { StateCreator } from "zustand";
import type { Tap } from "../engine-types";
import type { Failure } from "../session/failure";

/** Nodes whose outputs are on their way, or could not be had. */
interface Tapping {
  readonly phase: "running" | "failed";
  readonly attempt: number;
  readonly nodes: readonly string[];
  /** Set in the phase `failed`. */
  readonly failure: Failure | null;
}

/** Outputs of nodes for the picture whose result is on screen. */
export interface TapsSlice {
  /** Null until a node was tapped for this attempt. */
  readonly taps: { readonly attempt: number; readonly byNode: ReadonlyMap<string, Tap> } | null;
  /** What was asked for last, until it is there. */
  readonly tapping: Tapping | null;
  /** Adds outputs of one attempt; those of an older attempt go. */
  addTaps(attempt: number, byNode: ReadonlyMap<string, Tap>): void;
  setTapping(tapping: Tapping | null): void;
}

export const tapsSlice: StateCreator<TapsSlice> = (set) => ({
  taps: null,
  tapping: null,
  addTaps: (attempt, byNode) =>
    set(({ taps }) => ({
      taps: { attempt, byNode: new Map([...(taps?.attempt === attempt ? taps.byNode : []), ...byNode]) },
    })),
  setTapping: (tapping) => set({ tapping }),
});

interface OnScreen {
  readonly outcome: { readonly attempt: number } | null;
}

/** The output of a node for the result on screen, if it was tapped. */
export function tapOf({ taps, outcome }: Pick<TapsSlice, "taps"> & OnScreen, node: string): Tap | null {
  return taps && outcome?.attempt === taps.attempt ? (taps.byNode.get(node) ?? null) : null;
}

/** What has become of the last wish for this node's output, for the result on screen; null when there is none. */
export function tappingOf(
  { tapping, outcome }: Pick<TapsSlice, "tapping"> & OnScreen,
  node: string,
): Tapping | null {
  return tapping && outcome?.attempt === tapping.attempt && tapping.nodes.includes(node) ? tapping : null;
}
