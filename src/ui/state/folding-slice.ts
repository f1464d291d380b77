import type { StateCreator } from "zustand";
import type { BaseFolding } from "../../hardware/base-folding";
import type { Board } from "../../hardware/boards";
import type { FoldingConfig } from "../../hardware/folding-config";
import type { FoldingReport } from "../../hardware/folding-report";
import { begin, type History, present, redo, redoable, step, undo, undoable } from "./history";

export type BoardName = Board["name"];

/** What one begins with, and what a link means that names no board. */
export const defaultBoard: BoardName = "U250";

/** A board, a folding that the network can have on it, and what it comes to. The three always belong together. */
export interface FoldedDesign {
  readonly board: BoardName;
  readonly config: FoldingConfig;
  readonly report: FoldingReport;
}

/** A design under a name, to compare with. */
export interface NamedDesign {
  readonly name: string;
  readonly design: FoldedDesign;
}

/** What is being worked on. */
export interface FoldingWork {
  readonly label: string;
  /** From 0 to 1; null when it is not known. */
  readonly share: number | null;
}

/** The answer to what the user did last. */
export interface FoldingMessage {
  readonly tone: "answer" | "refusal";
  readonly text: string;
}

/** A folding that a link asks for: how it differs from the board's own, as `foldingDifferences` writes it. */
export interface WantedFolding {
  readonly board: BoardName;
  readonly differences: string;
}

/** The board and folding that all views show, and how they came about. */
export interface FoldingSlice {
  /** Null until the first folding is there. */
  readonly folding: History<FoldedDesign> | null;
  readonly otherFolding: NamedDesign | null;
  readonly foldingWork: FoldingWork | null;
  readonly foldingMessage: FoldingMessage | null;
  /** What one begins with on the boards that were looked at. */
  readonly foldingBases: ReadonlyMap<BoardName, BaseFolding>;
  /** What a link asked for and is not shown yet. */
  readonly wantedFolding: WantedFolding | null;
  /** A new present; it can be undone under the name of `what`. */
  adoptFolding(what: string, design: FoldedDesign, message?: string): void;
  setFoldingBase(board: BoardName, base: BaseFolding): void;
  undoFolding(): void;
  redoFolding(): void;
  compareFolding(other: NamedDesign | null): void;
  setFoldingWork(work: FoldingWork | null): void;
  setFoldingMessage(message: FoldingMessage | null): void;
  setWantedFolding(wanted: WantedFolding | null): void;
}

export const foldingSlice: StateCreator<FoldingSlice> = (set) => ({
  folding: null,
  otherFolding: null,
  foldingWork: null,
  foldingMessage: null,
  foldingBases: new Map(),
  wantedFolding: null,
  adoptFolding: (what, design, message) =>
    set(({ folding }) => ({
      folding: folding ? step(folding, what, design) : begin(what, design),
      foldingMessage: message ? { tone: "answer", text: message } : null,
    })),
  setFoldingBase: (board, base) =>
    set(({ foldingBases }) => ({ foldingBases: new Map([...foldingBases, [board, base]]) })),
  undoFolding: () => set(({ folding }) => moved(folding, "Undone", folding && undoable(folding), undo)),
  redoFolding: () => set(({ folding }) => moved(folding, "Done again", folding && redoable(folding), redo)),
  compareFolding: (otherFolding) => set({ otherFolding }),
  setFoldingWork: (foldingWork) => set({ foldingWork }),
  setFoldingMessage: (foldingMessage) => set({ foldingMessage }),
  setWantedFolding: (wantedFolding) => set({ wantedFolding }),
});

/** The design that all views show; null until there is one. */
export function shownDesign({ folding }: Pick<FoldingSlice, "folding">): FoldedDesign | null {
  return folding && present(folding);
}

function moved(
  folding: History<FoldedDesign> | null,
  verb: string,
  what: string | null,
  move: (history: History<FoldedDesign>) => History<FoldedDesign>,
): Partial<FoldingSlice> {
  if (!folding || what === null) return {};
  return { folding: move(folding), foldingMessage: { tone: "answer", text: `${verb}: ${what}.` } };
}
