import type { StateCreator } from "zustand";
import type { LoadedModel, LoadProgress } from "../../workers/emulator-api";
import type { Failure } from "../session/failure";

/** The model and its engine: on the way, there, or not to be had. */
export type ModelState =
  | { readonly phase: "loading"; readonly progress: LoadProgress | null }
  | { readonly phase: "ready"; readonly model: LoadedModel }
  | { readonly phase: "failed"; readonly failure: Failure };

export interface ModelSlice {
  readonly model: ModelState;
  /** The model last loaded; stays while another engine loads, so that the pipeline stays on screen. */
  readonly lastModel: LoadedModel | null;
  setModel(model: ModelState): void;
}

export const modelSlice: StateCreator<ModelSlice> = (set) => ({
  model: { phase: "loading", progress: null },
  lastModel: null,
  setModel: (model) => set(model.phase === "ready" ? { model, lastModel: model.model } : { model }),
});
