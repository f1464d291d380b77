import type { FoldingConfig } from "../../hardware/folding-config";
import { mobilenetFoldings } from "../../hardware/presets";
import { parseAddress } from "../../remote/address";
import { sampleName } from "../session/picture";
import { comparedEntry } from "./compare-slice";
import type { EndpointEntry } from "./endpoints-slice";
import { foldingDifferences } from "./folding-link";
import { type BoardName, defaultBoard, shownDesign, type WantedFolding } from "./folding-slice";
import { type LinkState, readLink, writeLink } from "./link";
import { inputInLinks, pixelText, readPixel } from "./pixel-link";
import type { AppState, AppStore } from "./store";

/** What is used of the browser's window. */
export type Page = Pick<Window, "location" | "history" | "addEventListener" | "removeEventListener">;

/**
 * Takes the state from the address, now and whenever a link is put into the same tab, and keeps
 * the address in step with the state. Returns the way to stop.
 */
export function syncLink(store: AppStore, page: Page): () => void {
  // Not compared with the address itself: that may be a link just put there, of which the event is still to come.
  let written: string | null = null;
  const take = () => {
    written = null;
    const { state, problems } = readLink(page.location.hash);
    for (const problem of problems) store.getState().notify(problem);
    if (state.engine) store.getState().setEngine(state.engine);
    takeEndpoint(store, state);
    if (state.sample) store.getState().setWantedSample(state.sample);
    takeFolding(store, state);
    takePlace(store, state);
  };
  const write = () => {
    const state = store.getState();
    const { engine } = state;
    const hash = writeLink({
      engine,
      sample: sampleOf(state),
      ...foldingOf(state),
      ...placeOf(state),
      endpoint: endpointOf(state),
    });
    if (hash === written) return;
    written = hash;
    // Not an entry of the history for each change: Back leaves the page, as one expects here.
    if (hash !== page.location.hash) page.history.replaceState(null, "", hash);
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  const writeInTime = (state: AppState, before: AppState) => {
    const moved = state.cycle !== before.cycle;
    // The link has no cycle then, and pictures come too often to work it out for each.
    if (state.playing && moved) return;
    clearTimeout(timer);
    // Browsers allow few changes of the address a second, and a slider makes many.
    const slid = moved || state.channel !== before.channel || state.pixel !== before.pixel;
    if (slid) timer = setTimeout(write, 200);
    else write();
  };

  take();
  const unsubscribe = store.subscribe(writeInTime);
  page.addEventListener("hashchange", take);
  return () => {
    clearTimeout(timer);
    unsubscribe();
    page.removeEventListener("hashchange", take);
  };
}

/** Nothing is sent to an endpoint that only a link named: it waits for the user's yes. */
function takeEndpoint(store: AppStore, { endpoint }: LinkState): void {
  const { endpoints, setEndpoint, setComparedEndpoint } = store.getState();
  if (endpoint === null) return;
  const named = parseAddress(endpoint);
  const isNamed = ({ address }: EndpointEntry) => address === named;
  // One that is there keeps its token and the user's yes.
  if (!endpoints.some(isNamed)) setEndpoint({ address: named, token: null }, false);
  const entry = store.getState().endpoints.find(isNamed);
  if (entry) setComparedEndpoint(entry.id);
}

/** One that is shown already is not opened again: that would be a step to undo. */
function takeFolding(store: AppStore, { board, folding }: LinkState): void {
  const wanted = { board: board ?? defaultBoard, differences: folding ?? "" };
  const current = foldingInLinks(store.getState());
  if (wanted.board === current.board && wanted.differences === current.differences) return;
  store.getState().setWantedFolding(wanted);
}

/** What the link does not say is as it is to begin with; but a step of the tour sets its place itself. */
function takePlace(store: AppStore, link: LinkState): void {
  const { view, selectNode, setView, setChannel, setPixel, setPlaying, setCycle, setBlock } =
    store.getState();
  const { goToTourStep, leaveTourForLink, setUncheckedPlace, setCycleToCome, wantedFolding } =
    store.getState();
  if (link.tour) {
    setView(link.view ?? view);
    goToTourStep(Number(link.tour));
    return;
  }
  const node = link.node === inputInLinks ? null : link.node;
  setPlaying(false);
  setView(link.view ?? "classify");
  selectNode(node);
  setChannel(Number(link.channel));
  setPixel(link.pixel === null ? null : readPixel(link.pixel));
  if (wantedFolding) setCycleToCome(Number(link.cycle));
  else setCycle(Number(link.cycle));
  setBlock(link.block);
  setUncheckedPlace({ node, block: link.block });
  leaveTourForLink();
}

function sampleOf({ attempt, wantedSample }: AppState): string | null {
  if (wantedSample) return wantedSample;
  const sample = attempt?.picture.sample;
  return sample ? sampleName(sample) : null;
}

/** Where it is used: whoever gets the link is asked before anything is sent there. */
function endpointOf(state: AppState): string | null {
  return state.view === "compare" ? (comparedEntry(state)?.address ?? null) : null;
}

/** Where the user is; a step of the tour sets itself what is looked at. */
function placeOf(state: AppState): Partial<LinkState> {
  const { tourStep, view } = state;
  return tourStep ? { tour: String(tourStep) } : { view, ...lookOf(state) };
}

/** What is looked at within the network. While it plays, the cycle is no place to come back to. */
function lookOf({
  view,
  node,
  channel,
  pixel,
  cycle,
  playing,
  block,
}: AppState): Pick<LinkState, "node" | "channel" | "pixel" | "cycle" | "block"> {
  return {
    // The layers begin with the input, which is no node.
    node: node ?? (view === "layers" ? inputInLinks : null),
    channel: channel > 0 ? String(channel) : null,
    pixel: pixel && pixelText(pixel),
    cycle: cycle > 0 && !playing ? String(cycle) : null,
    block,
  };
}

/** The folding that one begins with is not written: a short link stays short. */
function foldingOf(state: AppState): { board: BoardName | null; folding: string | null } {
  const { board, differences } = foldingInLinks(state);
  const asEver = board === defaultBoard && differences === "";
  return { board: asEver ? null : board, folding: differences || null };
}

/** What a link comes to that is made now. */
function foldingInLinks(state: AppState): WantedFolding {
  return state.wantedFolding ?? shownDifferences(state);
}

/** Against what one begins with for the model in use. */
function shownDifferences(state: AppState): WantedFolding {
  const design = shownDesign(state);
  if (!design) return { board: defaultBoard, differences: "" };
  const { board, config } = design;
  const base = state.foldingBases.get(board)?.config ?? null;
  let known = knownDifferences.get(config);
  if (known?.base !== base) {
    known = { base, differences: foldingDifferences(config, base ?? mobilenetFoldings[board]()) };
    knownDifferences.set(config, known);
  }
  return { board, differences: known.differences };
}

/** Of a folding, which never changes: the state does so many times a second, as while the camera is on. */
const knownDifferences = new WeakMap<FoldingConfig, { base: FoldingConfig | null; differences: string }>();
