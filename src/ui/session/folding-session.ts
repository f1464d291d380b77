import { StreamscopeError } from "../../graph/errors";
import { baseFps } from "../../hardware/base-folding";
import type { FoldingEdit } from "../../hardware/edit-folding";
import { withFifoDepths } from "../../hardware/fifo-depths";
import type { FoldingConfig } from "../../hardware/folding-config";
import { readFoldingFile } from "../../hardware/folding-file";
import type { HardwareClient } from "../../workers/hardware-client";
import { formatInteger } from "../kit/format";
import { withDifferences } from "../state/folding-link";
import {
  type BoardName,
  defaultBoard,
  type FoldedDesign,
  type NamedDesign,
  shownDesign,
} from "../state/folding-slice";
import { toFailure } from "./failure";
import { budgetAnswer, editAnswer, fifosAnswer, targetAnswer } from "./folding-answers";
import { boardsToTry } from "./folding-file-boards";
import { createHardwareCalls, type HardwareCallsOptions } from "./hardware-calls";

/**
 * What a user does with the folding. Each thing is done in its turn, on what the one before left,
 * and appears in the store once the hardware model has accepted it: what is refused changes nothing
 * and is told in `foldingMessage`.
 */
export interface FoldingSession {
  /** Shows what a link asks for, or, to begin with, FINN's folding for the board. */
  open(): Promise<void>;
  /** One PE or SIMD; a neighbour's that must be equal changes along. */
  edit(edit: FoldingEdit): Promise<void>;
  takePreset(board: BoardName): Promise<void>;
  /** A folding file of FINN, for the board on screen or, if it does not fit there, another. */
  openFile(file: File): Promise<void>;
  foldToTarget(fps: number): Promise<void>;
  /** The fastest folding within a share, from 0 to 1, of the board. */
  foldToShare(share: number): Promise<void>;
  /** The least FIFO depths that keep the rate of frames. */
  sizeFifos(): Promise<void>;
  /** Gives up what is being worked on. */
  stop(): void;
  /** One step back, when what is being worked out is there. */
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** The design that was compared with, in place of the one on screen, which is compared with from now on. */
  swap(): Promise<void>;
  compareWithPreset(board: BoardName): Promise<void>;
}

const maxFileBytes = 4 * 2 ** 20;

export function createFoldingSession(options: HardwareCallsOptions): FoldingSession {
  const { store } = options;
  const callHardware = createHardwareCalls(options);
  let queue = Promise.resolve();
  let stopping = new AbortController();

  /** Does `work` when all that was asked for before is done. Never rejects: the store tells what went wrong. */
  function inTurn(label: string, work: () => Promise<void>): Promise<void> {
    queue = queue.then(async () => {
      stopping = new AbortController();
      store.getState().setFoldingWork({ label, share: null });
      try {
        await work();
      } catch (error) {
        const { code, message } = toFailure(error);
        refuse(code === "aborted" ? "Stopped. Nothing has changed." : message);
      } finally {
        store.getState().setFoldingWork(null);
      }
    });
    return queue;
  }

  const refuse = (text: string) => store.getState().setFoldingMessage({ tone: "refusal", text });
  const onProgress = (label: string, share: number | null) =>
    store.getState().setFoldingWork({ label, share });

  /** A call for what is done in this turn. */
  function call<T>(work: (client: HardwareClient, signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = stopping;
    return callHardware({ signal, onProgress }, (client) => work(client, signal));
  }

  async function designOf(board: BoardName, config: FoldingConfig): Promise<FoldedDesign> {
    const report = await call((client, signal) => client.fold({ board, config }, { signal }));
    return { board, config, report };
  }

  /** What one begins with on a board: FINN's own folding, where the model in use can have it. */
  async function baseOf(board: BoardName): Promise<NamedDesign> {
    const { config, preset, report } = await call((client, signal) => client.base({ board }, { signal }));
    store.getState().setFoldingBase(board, { config, preset });
    return { name: baseName(board, preset), design: { board, config, report } };
  }

  /** Changes the design on screen; before there is one, there is nothing to change. */
  function change(label: string, work: (shown: FoldedDesign) => Promise<void>): Promise<void> {
    return inTurn(label, async () => {
      const shown = shownDesign(store.getState());
      if (shown) await work(shown);
    });
  }

  return {
    open: () =>
      inTurn("Folding", async () => {
        const { wantedFolding, folding, adoptFolding, setWantedFolding, setFoldingMessage } =
          store.getState();
        if (!wantedFolding && folding) return;
        setFoldingMessage(null);
        const { board, differences } = wantedFolding ?? { board: defaultBoard, differences: "" };
        const base = await baseOf(board);
        try {
          const config = withDifferences(base.design.config, differences);
          if (differences) adoptFolding("the folding of the link", await designOf(board, config));
          else adoptFolding(base.name, base.design);
        } catch (error) {
          if (!(error instanceof StreamscopeError && error.code === "bad-input")) throw error;
          if (!folding) adoptFolding(base.name, base.design);
          refuse(`The folding of the link was not taken. ${error.message}`);
        }
        // One that came meanwhile is still wanted.
        if (store.getState().wantedFolding === wantedFolding) setWantedFolding(null);
      }),

    edit: (edit) =>
      change("Folding", async ({ board, config }) => {
        const edited = await call((client, signal) => client.edit({ board, config, edit }, { signal }));
        const design = { board, config: edited.config, report: edited.report };
        const what = `${edit.axis} ${edit.value} of ${edit.node}`;
        store.getState().adoptFolding(what, design, editAnswer(edit, edited));
      }),

    takePreset: (board) =>
      inTurn("Folding", async () => {
        const { name, design } = await baseOf(board);
        store.getState().adoptFolding(name, design, `This is ${name}: ${design.report.nodes.length} nodes.`);
      }),

    openFile: (file) =>
      change("Reading the file", async ({ board }) => {
        try {
          if (file.size > maxFileBytes)
            throw new StreamscopeError("bad-input", "It is too large for a folding.");
          const config = readFoldingFile(await file.text());
          const design = await firstThatFits(boardsToTry(file.name, board), config);
          const moved =
            design.board === board ? "" : ` It is for the ${design.board}, so the board is that now.`;
          store.getState().adoptFolding(file.name, design, `${file.name} is open.${moved}`);
        } catch (error) {
          refuse(`${file.name} was not opened. ${toFailure(error).message}`);
        }
      }),

    foldToTarget: (fps) =>
      change(`Folding to ${fps} frames a second`, async ({ board, config }) => {
        const { found, report } = await call((client, signal) =>
          client.foldToTarget({ board, config, fps }, { signal }),
        );
        const design = { board, config: found.config, report };
        store.getState().adoptFolding(`folding to ${fps} fps`, design, targetAnswer(fps, found));
      }),

    foldToShare: (share) =>
      change("Folding to the board", async ({ board, config }) => {
        const { found, report } = await call((client, signal) =>
          client.foldToBudget({ board, config, share }, { signal }),
        );
        const answer = budgetAnswer(board, share, found);
        if (!found.fits) return refuse(answer);
        const design = { board, config: found.config, report };
        store.getState().adoptFolding(`folding to a share of the ${board}`, design, answer);
      }),

    sizeFifos: () =>
      change("Sizing the FIFOs", async ({ board, config }) => {
        const { depths, interval } = await call((client, signal) =>
          client.sizeFifos(
            { board, config },
            { signal, onProgress: (share) => onProgress("Sizing the FIFOs", share) },
          ),
        );
        const design = await designOf(board, withFifoDepths(config, depths));
        store.getState().adoptFolding("sizing the FIFOs", design, fifosAnswer(depths, interval));
      }),

    stop: () => stopping.abort(),

    undo: () => change("Undoing", async () => store.getState().undoFolding()),
    redo: () => change("Redoing", async () => store.getState().redoFolding()),

    swap: () =>
      change("Swapping", async (shown) => {
        const { otherFolding, adoptFolding, compareFolding } = store.getState();
        if (!otherFolding) return;
        adoptFolding(otherFolding.name, otherFolding.design, `${otherFolding.name} is on screen now.`);
        compareFolding({ name: "The folding before", design: shown } satisfies NamedDesign);
      }),

    compareWithPreset: (board) =>
      inTurn("Folding", async () => {
        store.getState().compareFolding(await baseOf(board));
      }),
  };

  /** On the first board it fits; if on none, the error of the first. */
  async function firstThatFits(boards: readonly BoardName[], config: FoldingConfig): Promise<FoldedDesign> {
    let refusal: unknown = null;
    for (const board of boards) {
      try {
        return await designOf(board, config);
      } catch (error) {
        refusal ??= error;
      }
    }
    throw refusal;
  }
}

const baseName = (board: BoardName, preset: boolean): string =>
  preset
    ? `FINN’s folding for the ${board}`
    : `the folding to ${formatInteger(baseFps)} fps for the ${board}`;
