import type { StateCreator } from "zustand";
import type { ImageSet } from "../../inputs/image-set/image-set";
import type { Labelling } from "../../inputs/image-set/labelling";
import type { Failure } from "../session/failure";
import type { FileFilter } from "../sets/model/choose-files";
import type { LabelSource } from "../sets/run/run-header";
import type { RunSnapshot } from "../sets/run/run-snapshot";

/** A chosen folder, and what is known of its pictures. */
export interface ChosenSet {
  readonly images: ImageSet;
  readonly labelSource: LabelSource;
  readonly labelling: Labelling;
}

/** Where the user is in the list of files: still there after a look at one of them. */
export interface FileListPlace {
  /** Null: the first of those that the run has. */
  readonly filter: FileFilter | null;
  readonly text: string;
  /** From 0. */
  readonly page: number;
}

/** The folder of pictures that was chosen last, where it is to run, and the run. */
export interface SetsSlice {
  /** Files found so far in the folder that is being listed; null when none is. */
  readonly listing: number | null;
  readonly chosenSet: ChosenSet | null;
  /** Why the last folder or list could not be taken; what was there before it stays. */
  readonly setFailure: Failure | null;
  /** Is the set to run through the emulator? */
  readonly setEmulator: boolean;
  /** Endpoints that are left out, by id. */
  readonly setWithout: ReadonlySet<number>;
  /** The most images a request to an endpoint. */
  readonly setBatchSize: number;
  /** The run on the page; null before the first. */
  readonly setRun: RunSnapshot | null;
  readonly setFilesAt: FileListPlace;
  setSets(state: Partial<Omit<SetsSlice, "setSets">>): void;
}

export const setsSlice: StateCreator<SetsSlice> = (set) => ({
  listing: null,
  chosenSet: null,
  setFailure: null,
  setEmulator: true,
  setWithout: new Set(),
  setBatchSize: 16,
  setRun: null,
  setFilesAt: { filter: null, text: "", page: 0 },
  setSets: (state) => set(state),
});
