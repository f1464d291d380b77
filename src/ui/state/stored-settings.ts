import * as v from "valibot";
import { type Theme, themes } from "./settings-slice";
import type { AppStore } from "./store";

const key = "streamscope-theme";

/** Takes the theme from the browser's store, and puts each change there. Does without where the store is closed. */
export function keepTheme(store: AppStore, storage: () => Storage = () => localStorage): () => void {
  store.getState().setTheme(readTheme(storage));
  return store.subscribe(({ theme }, before) => {
    if (theme === before.theme) return;
    try {
      storage().setItem(key, theme);
    } catch {
      // Private windows may refuse: the choice then lasts as long as the page.
    }
  });
}

function readTheme(storage: () => Storage): Theme {
  try {
    return v.parse(v.picklist(themes), storage().getItem(key));
  } catch {
    return "system";
  }
}
