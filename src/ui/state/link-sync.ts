import { mobilenetFoldings } from "../../hardware/presets";
import { sampleName } from "../session/picture";
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
    const {
      setView,
      setEngine,
      setWantedSample,
      setWantedFolding,
      selectNode,
      setChannel,
      setPixel,
      setCycle,
      setBlock,
      goToTourStep,
      leaveTour,
      notify,
    } = store.getState();
    for (const problem of problems) notify(problem);
    if (state.view) setView(state.view);
    if (state.engine) setEngine(state.engine);
    if (state.node) selectNode(state.node === inputInLinks ? null : state.node);
    if (state.channel) setChannel(Number(state.channel));
    if (state.pixel) setPixel(readPixel(state.pixel));
    if (state.cycle) setCycle(Number(state.cycle));
    if (state.block) setBlock(state.block);
    if (state.sample) setWantedSample(state.sample);
    if (state.board || state.folding) {
      setWantedFolding({ board: state.board ?? defaultBoard, differences: state.folding ?? "" });
    }
    if (state.tour) goToTourStep(Number(state.tour));
    else leaveTour();
  };
  const write = (state: AppState) => {
    // It changes with every picture then; what it comes to is written when it stands.
    if (state.playing && !state.tourStep) return;
    const { engine } = state;
    const hash = writeLink({ engine, sample: sampleOf(state), ...foldingOf(state), ...placeOf(state) });
    if (hash === written) return;
    written = hash;
    // Not an entry of the history for each change: Back leaves the page, as one expects here.
    if (hash !== page.location.hash) page.history.replaceState(null, "", hash);
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  const writeInTime = (state: AppState, before: AppState) => {
    clearTimeout(timer);
    // It changes with every picture then; what it comes to is written when it stands.
    if (state.playing && !state.tourStep) return;
    // Browsers allow few changes of the address a second, and a slider makes many.
    const slid =
      state.cycle !== before.cycle || state.channel !== before.channel || state.pixel !== before.pixel;
    if (slid) timer = setTimeout(() => write(store.getState()), 200);
    else write(state);
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

function sampleOf({ attempt, wantedSample }: AppState): string | null {
  if (wantedSample) return wantedSample;
  const sample = attempt?.picture.sample;
  return sample ? sampleName(sample) : null;
}

/** Where the user is; a step of the tour sets itself what is looked at. */
function placeOf(state: AppState): Partial<LinkState> {
  const { tourStep, view } = state;
  return tourStep ? { tour: String(tourStep) } : { view, ...lookOf(state) };
}

/** What is looked at within the network. */
function lookOf({
  view,
  node,
  channel,
  pixel,
  cycle,
  block,
}: AppState): Pick<LinkState, "node" | "channel" | "pixel" | "cycle" | "block"> {
  return {
    // The layers begin with the input, which is no node.
    node: node ?? (view === "layers" ? inputInLinks : null),
    channel: channel > 0 ? String(channel) : null,
    pixel: pixel && pixelText(pixel),
    cycle: cycle > 0 ? String(cycle) : null,
    block,
  };
}

/** The folding that one begins with is not written: a short link stays short. */
function foldingOf(state: AppState): { board: BoardName | null; folding: string | null } {
  const { board, differences } = state.wantedFolding ?? shownDifferences(state);
  const asEver = board === defaultBoard && differences === "";
  return { board: asEver ? null : board, folding: differences || null };
}

/** Against what one begins with for the model in use. */
function shownDifferences(state: AppState): WantedFolding {
  const design = shownDesign(state);
  if (!design) return { board: defaultBoard, differences: "" };
  const { board, config } = design;
  const base = state.foldingBases.get(board)?.config ?? mobilenetFoldings[board]();
  return { board, differences: foldingDifferences(config, base) };
}
