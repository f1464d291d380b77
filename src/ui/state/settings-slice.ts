import type { StateCreator } from "zustand";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** `auto` takes WebGPU where it runs and ONNX Runtime elsewhere. */
export const engineChoices = ["auto", "webgpu", "ort", "reference"] as const;
export type EngineChoice = (typeof engineChoices)[number];

/** What the user prefers. */
export interface SettingsSlice {
  readonly theme: Theme;
  readonly engine: EngineChoice;
  /** Do keys of a single character do anything? They can be in the way of speech input. */
  readonly singleKeys: boolean;
  setTheme(theme: Theme): void;
  setEngine(engine: EngineChoice): void;
  setSingleKeys(singleKeys: boolean): void;
}

export const settingsSlice: StateCreator<SettingsSlice> = (set) => ({
  theme: "system",
  engine: "auto",
  singleKeys: true,
  setTheme: (theme) => set({ theme }),
  setEngine: (engine) => set({ engine }),
  setSingleKeys: (singleKeys) => set({ singleKeys }),
});
