import type { StateCreator } from "zustand";
import type { Comparison, KeptFrame } from "../compare/model/comparison";
import type { EndpointFailure } from "../session/endpoint-queries";
import type { EndpointEntry, EndpointsSlice } from "./endpoints-slice";

/** Where the frames come from: the photo on screen, or the camera while it runs. */
export type CompareSource = "photo" | "camera";

/** When the last answers to frames of the camera came: milliseconds as `performance.now()`, in order. */
export interface ComparePace {
  readonly emulator: readonly number[];
  readonly endpoint: readonly number[];
}

export const noPace: ComparePace = { emulator: [], endpoint: [] };

export interface CompareSlice {
  readonly compareSource: CompareSource;
  /** Id of the endpoint that was chosen; null to take the first. */
  readonly comparedEndpoint: number | null;
  /** Does each frame wait until both sides have answered the one before? */
  readonly aligned: boolean;
  readonly comparePaused: boolean;
  /** Is a request under way? */
  readonly asking: boolean;
  /** Did the endpoint take so long for a frame that the emulator goes on without waiting for it? */
  readonly endpointLate: boolean;
  /** Why the last request failed; null once one is answered. */
  readonly askFailure: EndpointFailure | null;
  /** Null before the first frame. */
  readonly comparison: Comparison | null;
  /** Frames that differ in some sense, of all comparisons: only the user, or newer ones, remove them. */
  readonly mismatches: readonly KeptFrame[];
  readonly comparePace: ComparePace;
  /** Number of the frame that is looked at; null for the newest. */
  readonly replayed: number | null;
  setCompareSource(source: CompareSource): void;
  setComparedEndpoint(id: number): void;
  setAligned(aligned: boolean): void;
  setComparePaused(paused: boolean): void;
  setComparison(comparison: Comparison | null): void;
  /** To look at one frame, comparing stands still. */
  replayFrame(number: number | null): void;
  dropMismatch(number: number): void;
}

export const compareSlice: StateCreator<CompareSlice> = (set) => ({
  compareSource: "photo",
  comparedEndpoint: null,
  aligned: true,
  comparePaused: false,
  asking: false,
  endpointLate: false,
  askFailure: null,
  comparison: null,
  mismatches: [],
  comparePace: noPace,
  replayed: null,
  setCompareSource: (compareSource) => set({ compareSource }),
  setComparedEndpoint: (comparedEndpoint) => set({ comparedEndpoint }),
  setAligned: (aligned) => set({ aligned }),
  setComparePaused: (comparePaused) =>
    set(comparePaused ? { comparePaused } : { comparePaused, replayed: null }),
  setComparison: (comparison) => set({ comparison }),
  replayFrame: (replayed) => set(replayed === null ? { replayed } : { replayed, comparePaused: true }),
  dropMismatch: (number) =>
    set(({ mismatches }) => ({ mismatches: mismatches.filter((frame) => frame.number !== number) })),
});

/** The endpoint that is compared with: the chosen one, else the first; null if there is none. */
export function comparedEntry({
  endpoints,
  comparedEndpoint,
}: Pick<CompareSlice, "comparedEndpoint"> & Pick<EndpointsSlice, "endpoints">): EndpointEntry | null {
  return endpoints.find(({ id }) => id === comparedEndpoint) ?? endpoints[0] ?? null;
}

/** The frame to look at: the chosen one while it is kept, else the newest. */
export function shownFrame({
  comparison,
  mismatches,
  replayed,
}: Pick<CompareSlice, "comparison" | "mismatches" | "replayed">): KeptFrame | null {
  const recent = comparison?.recent ?? [];
  const chosen = [...recent, ...mismatches].find(({ number }) => number === replayed);
  return chosen ?? recent.at(-1) ?? null;
}
