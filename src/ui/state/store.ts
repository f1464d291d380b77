import { createStore, type StoreApi } from "zustand/vanilla";
import { type CompareSlice, compareSlice } from "./compare-slice";
import { type CompilationSlice, compilationSlice } from "./compilation-slice";
import { type ConstantsSlice, constantsSlice } from "./constants-slice";
import { type EndpointsSlice, endpointsSlice } from "./endpoints-slice";
import { type FoldingSlice, foldingSlice } from "./folding-slice";
import { type LayersSlice, layersSlice } from "./layers-slice";
import { type LensSlice, lensSlice } from "./lens-slice";
import { type LinkSlice, linkSlice } from "./link-slice";
import { type LiveSlice, liveSlice } from "./live-slice";
import { type ModelSlice, modelSlice } from "./model-slice";
import { type NodeSlice, nodeSlice } from "./node-slice";
import { type NoticesSlice, noticesSlice } from "./notices-slice";
import { type OwnModelSlice, ownModelSlice } from "./own-model-slice";
import { type PictureSlice, pictureSlice } from "./picture-slice";
import { type SetsSlice, setsSlice } from "./sets-slice";
import { type SettingsSlice, settingsSlice } from "./settings-slice";
import { type StreamingSlice, streamingSlice } from "./streaming-slice";
import { type TapsSlice, tapsSlice } from "./taps-slice";
import { type TourSlice, tourSlice } from "./tour-slice";
import { type ViewSlice, viewSlice } from "./view-slice";

/** All that the page knows. Each slice is a file; none reads another's fields. */
export type AppState = SettingsSlice &
  ViewSlice &
  LinkSlice &
  NoticesSlice &
  ModelSlice &
  OwnModelSlice &
  CompilationSlice &
  PictureSlice &
  NodeSlice &
  FoldingSlice &
  StreamingSlice &
  TapsSlice &
  LensSlice &
  ConstantsSlice &
  LayersSlice &
  TourSlice &
  LiveSlice &
  EndpointsSlice &
  SetsSlice &
  CompareSlice;

export type AppStore = StoreApi<AppState>;

export function createAppStore(): AppStore {
  return createStore<AppState>()((...api) => ({
    ...settingsSlice(...api),
    ...viewSlice(...api),
    ...linkSlice(...api),
    ...noticesSlice(...api),
    ...modelSlice(...api),
    ...ownModelSlice(...api),
    ...compilationSlice(...api),
    ...pictureSlice(...api),
    ...nodeSlice(...api),
    ...foldingSlice(...api),
    ...streamingSlice(...api),
    ...tapsSlice(...api),
    ...lensSlice(...api),
    ...constantsSlice(...api),
    ...layersSlice(...api),
    ...tourSlice(...api),
    ...liveSlice(...api),
    ...endpointsSlice(...api),
    ...setsSlice(...api),
    ...compareSlice(...api),
  }));
}
