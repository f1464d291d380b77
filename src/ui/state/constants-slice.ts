import type { StateCreator } from "zustand";
import type { NodeConstants } from "../../workers/hardware-api";
import type { Failure } from "../session/failure";
import type { BoardName } from "./folding-slice";
import type { ModelSlice } from "./model-slice";

/** Weights, thresholds and bias of one node: on the way, there, or not to be had. */
export type ConstantsState =
  | { readonly phase: "running" }
  | { readonly phase: "done"; readonly constants: NodeConstants }
  | { readonly phase: "failed"; readonly failure: Failure };

/** Whose constants: a node has its name in the network as it is built for a board. */
export interface ConstantsKey {
  readonly node: string;
  readonly board: BoardName;
}

/** The constants that were asked for. */
export interface ConstantsSlice {
  /** By `keyOf`. Those of a former model stay under its checksum, and nobody sees them. */
  readonly constants: ReadonlyMap<string, ConstantsState>;
  setConstants(checksum: string, key: ConstantsKey, state: ConstantsState): void;
}

export const constantsSlice: StateCreator<ConstantsSlice> = (set) => ({
  constants: new Map(),
  setConstants: (checksum, key, state) =>
    set(({ constants }) => ({ constants: new Map([...constants, [keyOf(checksum, key), state]]) })),
});

/** A node's constants in the model on screen; null if they were not asked for. */
export function constantsOf(
  { constants, lastModel }: Pick<ConstantsSlice, "constants"> & Pick<ModelSlice, "lastModel">,
  key: ConstantsKey,
): ConstantsState | null {
  return lastModel ? (constants.get(keyOf(lastModel.checksum, key)) ?? null) : null;
}

const keyOf = (checksum: string, { node, board }: ConstantsKey) => `${checksum} ${board} ${node}`;
