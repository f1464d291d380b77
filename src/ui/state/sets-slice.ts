import type { StateCreator } from "zustand";
import type { ImageSet } from "../../inputs/image-set/image-set";
import type { Labelling } from "../../inputs/image-set/labelling";
import type { Failure } from "../session/failure";
import type { FileFilter } from "../sets/model/choose-files";
import type { LabelSource } from "../sets/run/run-header";
import type { RunSnapshot } from "../sets/run/run-snapshot";
import type { EndpointEntry } from "./endpoints-slice";

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
  /** Endpoints by id that the user ticked, or took the tick away from. */
  readonly setTakesPart: ReadonlyMap<number, boolean>;
  /** The most images a request to an endpoint. */
  readonly setBatchSize: number;
  /** The run on the page; null before the first. */
  readonly setRun: RunSnapshot | null;
  readonly setFilesAt: FileListPlace;
  setSets(state: Partial<Omit<SetsSlice, "setSets">>): void;
}

/**
 * Does a set run on this endpoint? One that was typed in does unless the user says no; one that a link
 * named only if the user says so here: to allow it was a word on single pictures, not on whole folders.
 */
export function takesPart(entry: EndpointEntry, chosen: SetsSlice["setTakesPart"]): boolean {
  return entry.allowed && (chosen.get(entry.id) ?? !entry.byLink);
}

export const setsSlice: StateCreator<SetsSlice> = (set) => ({
  listing: null,
  chosenSet: null,
  setFailure: null,
  setEmulator: true,
  setTakesPart: new Map(),
  setBatchSize: 16,
  setRun: null,
  setFilesAt: { filter: null, text: "", page: 0 },
  setSets: (state) => set(state),
});
