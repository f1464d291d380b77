import type { ViewId } from "../views";
import type { AppStore } from "./store";

/** The views that show the cycle moving on, with the button that stops it. */
const playingViews: ReadonlySet<ViewId> = new Set(["dataflow", "lens"]);

/** Nothing plays where nobody sees it. Returns the way to end this. */
export function stopPlayingElsewhere(store: AppStore): () => void {
  return store.subscribe(({ view, playing }, before) => {
    if (playing && view !== before.view && !playingViews.has(view)) store.getState().setPlaying(false);
  });
}
