import type { StateCreator } from "zustand";
import type { OwnModel } from "../../models/own-model-store";
import type { PackageSource } from "../../models/package-source";

/** Whose model is in use. */
export interface OwnModelSlice {
  /** The user's, in place of the built-in one; null while the built-in one is in use. */
  readonly ownModel: OwnModel | null;
  setOwnModel(model: OwnModel | null): void;
}

export const ownModelSlice: StateCreator<OwnModelSlice> = (set) => ({
  ownModel: null,
  setOwnModel: (ownModel) => set({ ownModel }),
});

/** Where workers take the model in use from. `manifestUrl` is the built-in one's. */
export function modelSource(
  { ownModel }: Pick<OwnModelSlice, "ownModel">,
  manifestUrl: string,
): PackageSource {
  return ownModel ? { own: ownModel.package } : { manifestUrl };
}
