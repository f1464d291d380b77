import { createStore, type StoreApi } from "zustand/vanilla";
import { type LinkSlice, linkSlice } from "./link-slice";
import { type ModelSlice, modelSlice } from "./model-slice";
import { type NodeSlice, nodeSlice } from "./node-slice";
import { type NoticesSlice, noticesSlice } from "./notices-slice";
import { type PictureSlice, pictureSlice } from "./picture-slice";
import { type SettingsSlice, settingsSlice } from "./settings-slice";
import { type ViewSlice, viewSlice } from "./view-slice";

/** All that the page knows. Each slice is a file; none reads another's fields. */
export type AppState = SettingsSlice &
  ViewSlice &
  LinkSlice &
  NoticesSlice &
  ModelSlice &
  PictureSlice &
  NodeSlice;

export type AppStore = StoreApi<AppState>;

export function createAppStore(): AppStore {
  return createStore<AppState>()((...api) => ({
    ...settingsSlice(...api),
    ...viewSlice(...api),
    ...linkSlice(...api),
    ...noticesSlice(...api),
    ...modelSlice(...api),
    ...pictureSlice(...api),
    ...nodeSlice(...api),
  }));
}
