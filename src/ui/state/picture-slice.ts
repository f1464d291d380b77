import type { StateCreator } from "zustand";
import type { Classification } from "../../workers/emulator-api";
import type { Failure } from "../session/failure";
import type { Picture } from "../session/picture";

/** The newest picture and how far it has come. */
export interface Attempt {
  /** Grows with every attempt; answers to older ones are dropped. */
  readonly id: number;
  readonly picture: Picture;
  readonly phase: "running" | "done" | "failed";
  /** Set in the phase `failed`. */
  readonly failure: Failure | null;
}

/** The last result there was, with the picture it is of. */
interface Outcome {
  readonly attempt: number;
  readonly picture: Picture;
  readonly classification: Classification;
}

export interface PictureState {
  readonly attempt: Attempt | null;
  /** Stays until a newer result takes its place: an error never removes it. */
  readonly outcome: Outcome | null;
  /** Why what was just handed in is no picture at all (a folder, text); the picture before it stays. */
  readonly refusal: Failure | null;
}

export const noPicture: PictureState = { attempt: null, outcome: null, refusal: null };

/** A new picture takes over, whatever became of the one before. */
export function begin(_state: PictureState, id: number, picture: Picture): Partial<PictureState> {
  return { attempt: { id, picture, phase: "running", failure: null }, refusal: null };
}

export function succeed(
  { attempt }: PictureState,
  id: number,
  classification: Classification,
): Partial<PictureState> {
  if (attempt?.id !== id) return {};
  return {
    attempt: { ...attempt, phase: "done", failure: null },
    outcome: { attempt: id, picture: attempt.picture, classification },
  };
}

export function fail({ attempt }: PictureState, id: number, failure: Failure): Partial<PictureState> {
  return attempt?.id === id ? { attempt: { ...attempt, phase: "failed", failure } } : {};
}

/** What was handed in holds no picture; the one before it goes on undisturbed. */
export function refuse(refusal: Failure): Partial<PictureState> {
  return { refusal };
}

/**
 * Whose result is on screen: the newest attempt's (`current`), the same picture's from an earlier
 * attempt (`same-picture`, as after a change of engine), or another picture's (`former`).
 */
export function standing({ attempt, outcome }: PictureState): "none" | "current" | "same-picture" | "former" {
  if (!outcome) return "none";
  if (!attempt || attempt.id === outcome.attempt) return "current";
  return attempt.picture.id === outcome.picture.id ? "same-picture" : "former";
}

/** The picture to show: the newest, unless it failed and there is a result of another. */
export function pictureOnStage({ attempt, outcome }: PictureState): Picture | null {
  if (attempt?.phase === "failed" && outcome) return outcome.picture;
  return attempt?.picture ?? outcome?.picture ?? null;
}

/**
 * The picture to classify when the engine is there again: the newest, also if it failed, unless it
 * was the picture's own fault.
 */
export function pictureToClassify(state: PictureState): Picture | null {
  const { attempt } = state;
  if (attempt?.phase === "failed" && attempt.failure?.remedy !== "another-picture") return attempt.picture;
  return pictureOnStage(state);
}

export interface PictureSlice extends PictureState {
  begin(id: number, picture: Picture): void;
  succeed(id: number, classification: Classification): void;
  fail(id: number, failure: Failure): void;
  refuse(failure: Failure): void;
}

export const pictureSlice: StateCreator<PictureSlice> = (set) => ({
  ...noPicture,
  begin: (id, picture) => set((state) => begin(state, id, picture)),
  succeed: (id, classification) => set((state) => succeed(state, id, classification)),
  fail: (id, failure) => set((state) => fail(state, id, failure)),
  refuse: (refusal) => set(refuse(refusal)),
});
