import { blocksOf } from "../lens/model/blocks";
import { shownDesign } from "../state/folding-slice";
import type { AppState, AppStore } from "../state/store";

/**
 * Once it is known what the network consists of, a node or block that a link asked for and that is
 * not there is told to the user and taken out of the state, and so out of the address.
 */
export function checkPlace(store: AppStore): () => void {
  return store.subscribe(({ uncheckedPlace: { node, block } }) => {
    if (node !== null) checkNode(store, node);
    if (block !== null) checkBlock(store, block);
  });
}

function checkNode(store: AppStore, node: string): void {
  const state = store.getState();
  const known = knownNodes(state);
  if (!known || state.uncheckedPlace.node !== node) return;
  state.setUncheckedPlace({ ...state.uncheckedPlace, node: null });
  if (known.includes(node) || state.node !== node) return;
  state.selectNode(null);
  state.notify(`The link asks for node "${node}", which this network does not have.`);
}

function checkBlock(store: AppStore, block: string): void {
  const state = store.getState();
  const design = settledDesign(state);
  if (!design || state.uncheckedPlace.block !== block) return;
  state.setUncheckedPlace({ ...state.uncheckedPlace, block: null });
  if (blocksOf(design.report.nodes).some(({ id }) => id === block) || state.block !== block) return;
  state.setBlock(null);
  state.notify(`The link asks for block "${block}", which this network does not have.`);
}

/**
 * What can be selected in the view; null while that is not known. In Layers nothing is checked:
 * there the view itself says that a node is missing, beside what it shows instead.
 */
function knownNodes(state: AppState): readonly string[] | null {
  const { view, model, streaming } = state;
  if (view === "classify") return model.phase === "ready" ? model.model.nodes.map(({ name }) => name) : null;
  if (view !== "dataflow" && view !== "lens") return null;
  const design = settledDesign(state);
  return design && streaming?.design === design
    ? streaming.simulation.machines.map(({ name }) => name)
    : null;
}

/** Null while the design that a link asks for is still to come. */
function settledDesign(state: AppState) {
  return state.wantedFolding ? null : shownDesign(state);
}
