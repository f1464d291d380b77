import { expect, test } from "vitest";
import { stopPlayingElsewhere } from "./stop-playing";
import { createAppStore } from "./store";

test("playing goes on from Dataflow to Lens, and stops where nothing shows it", () => {
  const store = createAppStore();
  const end = stopPlayingElsewhere(store);
  store.getState().setView("dataflow");
  store.getState().setPlaying(true);
  store.getState().setView("lens");
  expect(store.getState().playing).toBe(true);
  store.getState().setView("folding");
  expect(store.getState().playing).toBe(false);
  end();
});
