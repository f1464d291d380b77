import { createContext, useContext } from "react";
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Chain } from "./model/chain";
import { type Place, placeKey } from "./model/place";
import { provenanceOf } from "./model/provenance";

/** How a number on screen is related to the one that is looked at. */
export type Relation = "self" | "source" | "consumer";

/** Which number is looked at, and which of each node's lanes is shown large. */
export interface Focus {
  /** Under the pointer or the keyboard's focus; a pinned one stays. */
  readonly place: Place | null;
  readonly isPinned: boolean;
  /** By `placeKey`, of the number that is looked at. */
  readonly relations: ReadonlyMap<string, Relation>;
  /** By node of the chain; the first lane where none was chosen. */
  readonly lanes: ReadonlyMap<number, number>;
  look(chain: Chain, place: Place): void;
  pin(chain: Chain, place: Place): void;
  unpin(): void;
  chooseLane(node: number, lane: number): void;
}

export const createFocus = (): StoreApi<Focus> =>
  createStore<Focus>()((set) => ({
    place: null,
    isPinned: false,
    relations: new Map(),
    lanes: new Map(),
    look: (chain, place) =>
      set((state) => (state.isPinned ? state : { place, relations: relationsOf(chain, place) })),
    pin: (chain, place) => set({ place, isPinned: true, relations: relationsOf(chain, place) }),
    unpin: () => set({ isPinned: false }),
    chooseLane: (node, lane) => set(({ lanes }) => ({ lanes: new Map([...lanes, [node, lane]]) })),
  }));

/** A sum's inputs and weights count as its sources too: its products stand between. */
function relationsOf(chain: Chain, place: Place): Map<string, Relation> {
  const { sources, consumers } = provenanceOf(chain, place);
  const relations = new Map<string, Relation>();
  for (const consumer of consumers) relations.set(placeKey(consumer), "consumer");
  for (const source of sources) {
    relations.set(placeKey(source), "source");
    if (source.kind !== "product") continue;
    for (const factor of provenanceOf(chain, source).sources) relations.set(placeKey(factor), "source");
  }
  return relations.set(placeKey(place), "self");
}

export const FocusContext = createContext<StoreApi<Focus> | null>(null);

export function useFocus<T>(select: (focus: Focus) => T): T {
  const focus = useContext(FocusContext);
  if (!focus) throw new Error("a number of the lens is used outside of it");
  return useStore(focus, select);
}
