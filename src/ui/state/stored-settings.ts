import * as v from "valibot";
import { themes } from "./settings-slice";
import type { AppState, AppStore } from "./store";
import { tourLength } from "./tour-slice";

const themeText = v.picklist(themes);
const switchText = v.picklist(["on", "off"]);
const tourText = v.nullable(v.picklist(Array.from({ length: tourLength }, (_, i) => String(i + 1))));

/** Takes the settings from the browser's store, and puts each change there. Does without where the store is closed. */
export function keepSettings(store: AppStore, storage: () => Storage = () => localStorage): () => void {
  const { setTheme, setSingleKeys, setTourLeft } = store.getState();
  setTheme(read(storage, "streamscope-theme", themeText, "system"));
  setSingleKeys(read(storage, "streamscope-single-keys", switchText, "on") === "on");
  const left = read(storage, "streamscope-tour", tourText, null);
  setTourLeft(left === null ? null : Number(left));
  return store.subscribe((state: AppState, before: AppState) => {
    if (state.theme !== before.theme) write(storage, "streamscope-theme", state.theme);
    if (state.tourLeft !== before.tourLeft) write(storage, "streamscope-tour", String(state.tourLeft ?? ""));
    if (state.singleKeys !== before.singleKeys) {
      write(storage, "streamscope-single-keys", state.singleKeys ? "on" : "off");
    }
  });
}

function read<T>(storage: () => Storage, key: string, schema: v.GenericSchema<unknown, T>, otherwise: T): T {
  try {
    return v.parse(schema, storage().getItem(key));
  } catch {
    return otherwise;
  }
}

function write(storage: () => Storage, key: string, text: string): void {
  try {
    storage().setItem(key, text);
  } catch {
    // Private windows may refuse: the choice then lasts as long as the page.
  }
}
