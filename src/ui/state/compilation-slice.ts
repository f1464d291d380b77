import type { StateCreator } from "zustand";
import type { GraphChange } from "../../compiler/snapshot";
import type { CheckReport, CheckRequest, CompiledModel, RecordedStep } from "../../workers/compiler-api";
import type { Failure } from "../session/failure";

/** A model that is on its way, until its graph is there. */
export interface Opening {
  /** The file's name, or the address. */
  readonly origin: string;
  /** Bytes that have come over the network; null for a file, and before the first. */
  readonly received: { readonly bytes: number; readonly total: number | null } | null;
}

/** A model that was read, and how far the compiler has come with it. */
export interface Compilation {
  readonly origin: string;
  readonly phase: "running" | "done" | "failed";
  readonly asRead: GraphChange;
  /** The passes that are done. */
  readonly steps: readonly RecordedStep[];
  /** Set in the phase `done`. */
  readonly result: CompiledModel | null;
  /** Set in the phase `failed`: why, and which pass refused it, if one did. */
  readonly failure: (Failure & { readonly pass: string | null }) | null;
}

/** What is compared with ONNX Runtime. */
export type CheckInput = "photo" | Extract<CheckRequest["input"], string>;

export interface Check {
  /** Of the package that is checked. */
  readonly checksum: string;
  readonly input: CheckInput;
  readonly phase: "running" | "done" | "failed";
  /** What is under way. */
  readonly label: string;
  readonly report: CheckReport | null;
  readonly failure: Failure | null;
}

/** The model that was opened last, beside the one in use. */
export interface CompilationSlice {
  readonly opening: Opening | null;
  /** Why the last file or address could not even be read; what was there before it stays. */
  readonly openingFailure: (Failure & { readonly origin: string }) | null;
  readonly compilation: Compilation | null;
  readonly check: Check | null;
  /** What is wrong with the labels file that was chosen last. */
  readonly labelsFailure: Failure | null;
  /** Is the model being put to use? */
  readonly switching: boolean;
  /** Why the model could not be put to use; the one before is still in use. */
  readonly switchFailure: Failure | null;
  setCompilation(state: Partial<Omit<CompilationSlice, "setCompilation">>): void;
}

export const compilationSlice: StateCreator<CompilationSlice> = (set) => ({
  opening: null,
  openingFailure: null,
  compilation: null,
  check: null,
  labelsFailure: null,
  switching: false,
  switchFailure: null,
  setCompilation: (state) => set(state),
});
