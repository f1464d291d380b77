import { sampleName } from "../session/picture";
import { readLink, writeLink } from "./link";
import type { AppState, AppStore } from "./store";

/** What is used of the browser's window. */
export type Page = Pick<Window, "location" | "history" | "addEventListener" | "removeEventListener">;

/**
 * Takes the state from the address, now and whenever a link is put into the same tab, and keeps
 * the address in step with the state. Returns the way to stop.
 */
export function syncLink(store: AppStore, page: Page): () => void {
  const take = () => {
    const { state, problems } = readLink(page.location.hash);
    const { setView, setEngine, setWantedSample, notify } = store.getState();
    for (const problem of problems) notify(problem);
    if (state.view) setView(state.view);
    if (state.engine) setEngine(state.engine);
    if (state.sample) setWantedSample(state.sample);
  };
  const write = (state: AppState) => {
    const hash = writeLink({ view: state.view, engine: state.engine, sample: sampleOf(state) });
    // Not an entry of the history for each change: Back leaves the page, as one expects here.
    if (hash !== page.location.hash) page.history.replaceState(null, "", hash);
  };

  take();
  const unsubscribe = store.subscribe(write);
  page.addEventListener("hashchange", take);
  return () => {
    unsubscribe();
    page.removeEventListener("hashchange", take);
  };
}

function sampleOf({ attempt, wantedSample }: AppState): string | null {
  if (wantedSample) return wantedSample;
  const sample = attempt?.picture.sample;
  return sample ? sampleName(sample) : null;
}
