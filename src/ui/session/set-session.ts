import { StreamscopeError } from "../../graph/errors";
import { type DroppedItem, folderFromDrop } from "../../inputs/image-set/folder-from-drop";
import { type FolderHandle, folderPicker, mayRead } from "../../inputs/image-set/folder-handle";
import type { ImageSet } from "../../inputs/image-set/image-set";
import { listFiles } from "../../inputs/image-set/list-files";
import { type ListOptions, listFolder } from "../../inputs/image-set/list-folder";
import type { RemoteClient } from "../../remote/endpoint";
import type { LabelSource } from "../sets/run/run-header";
import type { RunStore } from "../sets/run/run-store";
import { SetRun, type SetRunTools } from "../sets/run/set-run";
import { wait } from "../sets/run/wait";
import { takesPart } from "../state/sets-slice";
import type { AppStore } from "../state/store";
import { modelNeeds } from "./endpoint-queries";
import { toFailure } from "./failure";
import { ownPicture } from "./picture";
import type { Session } from "./session";
import { createSetLabels } from "./set-labels";

export interface SetSessionOptions {
  readonly store: AppStore;
  readonly session: Pick<Session, "prepare" | "run" | "show">;
  readonly remote: RemoteClient;
  /** Keeps the run over a reload. */
  readonly runs: RunStore;
  /** For tests: time, and the browser's choice of a folder. */
  readonly clock?: Pick<SetRunTools, "now" | "wait" | "later">;
  readonly pickFolder?: typeof folderPicker;
}

/**
 * What a user does with sets of pictures. All that comes of it appears in the store; nothing rejects,
 * and what fails leaves the set and the run as they are.
 */
export interface SetSession {
  /** The run that was under way before a reload, paused; once a page. */
  restore(): Promise<void>;
  /** Lets the browser ask for a folder. False where it has no such thing: a file input must do. */
  chooseFolder(): Promise<boolean>;
  /** The files of `<input webkitdirectory>`. */
  takeFiles(files: ArrayLike<File>): Promise<void>;
  /** A drop; call it while its event is handled. */
  takeDrop(items: ArrayLike<DroppedItem> | undefined): Promise<void>;
  chooseLabels(source: LabelSource): Promise<void>;
  /** Labels by a list that is not in the folder. */
  chooseList(file: File): Promise<void>;
  /** A new run of the chosen set, in place of the one before. */
  start(): Promise<void>;
  pause(): void;
  /** Goes on, also after a reload: the browser may then ask for the folder, so call it in a click. */
  resume(): Promise<void>;
  stop(): void;
  /** Takes the run off the page and out of the browser's store. */
  forget(): Promise<void>;
  /** Opens one picture of the run in the Classify view. */
  look(path: string): Promise<void>;
}

/** How often the page hears of a folder that is being listed. */
const listingStep = 250;
const publishMs = 250;

export function createSetSession(options: SetSessionOptions): SetSession {
  const { store, session, remote, runs, clock = browserClock, pickFolder = folderPicker } = options;
  const set = store.getState().setSets;
  const labels = createSetLabels(store);
  let listing = new AbortController();
  let run: SetRun | null = null;
  /** The files of the run; null after a reload. */
  let runSet: ImageSet | null = null;
  let isRestored = false;
  /** Is where the labels are our guess, and not the user's choice? */
  let isGuess = false;

  const tools: SetRunTools = {
    session,
    remote,
    store: runs,
    endpointAt: (address) =>
      store.getState().endpoints.find((entry) => entry.address === address && entry.allowed) ?? null,
    needs: () => {
      const { lastModel } = store.getState();
      return lastModel && modelNeeds(lastModel);
    },
    ...clock,
    publish: (snapshot) => set({ setRun: snapshot }),
  };

  // Answers of another model, or of none, are not this run's.
  store.subscribe(({ model, lastModel }, before) => {
    if (lastModel?.checksum !== before.lastModel?.checksum) void labelForModel(before.lastModel !== null);
    if (!run?.isRunning) return;
    if (model.phase === "failed") run.pause(model.failure.message);
    else if (lastModel?.checksum !== run.header.model.checksum) run.pause("Another model is in use now.");
  });

  /** Lists a folder and makes it the chosen one, or that of the run which waits for it. */
  async function take(list: (options: ListOptions) => ImageSet | Promise<ImageSet>): Promise<void> {
    listing.abort();
    listing = new AbortController();
    const { signal } = listing;
    const onProgress = (found: number) => {
      if (found % listingStep === 0 && !signal.aborted) set({ listing: found });
    };
    set({ listing: 0, setFailure: null });
    try {
      const images = await list({ signal, onProgress });
      if (images.images.length === 0) throw nothingIn(images);
      if (signal.aborted) return;
      if (run && !runSet && isFolderOf(run, images)) attach(run, images);
      else await choose(images);
    } catch (error) {
      if (!signal.aborted) set({ setFailure: toFailure(error) });
    } finally {
      if (!signal.aborted) set({ listing: null });
    }
  }

  async function choose(images: ImageSet): Promise<void> {
    labels.forget();
    isGuess = true;
    const { source, labelling } = await labels.guess(images);
    set({ chosenSet: { images, labelSource: source, labelling } });
  }

  /** As another model knows the classes. What was guessed before the first one was there is guessed again. */
  async function labelForModel(wasThere: boolean): Promise<void> {
    const { chosenSet } = store.getState();
    if (chosenSet && !wasThere && isGuess) await choose(chosenSet.images);
    else await relabel();
  }

  /** Is it the folder that the run of before the reload waits for? */
  function isFolderOf({ header }: SetRun, { name, images }: ImageSet): boolean {
    const known = store.getState().setRun?.records;
    if (name !== header.set.name) return false;
    return !known || known.size === 0 || images.some(({ path }) => known.has(path));
  }

  function attach(to: SetRun, images: ImageSet): void {
    isGuess = false;
    runSet = images;
    to.attach(images);
    const { labelSource, labelling } = to.header;
    set({ chosenSet: { images, labelSource, labelling } });
    if (labelSource.kind === "folders") void relabel();
  }

  /** The labels once more: of another source, or as another model knows them. */
  async function relabel(source?: LabelSource): Promise<void> {
    const { chosenSet } = store.getState();
    if (!chosenSet) return;
    const { images } = chosenSet;
    const labelSource = source ?? chosenSet.labelSource;
    if (source) isGuess = false;
    set({ setFailure: null });
    try {
      const labelling = await labels.read(images, labelSource);
      if (store.getState().chosenSet?.images !== images) return;
      set({ chosenSet: { images, labelSource, labelling } });
      // A run of another model has its own classes.
      const isOfModel = store.getState().lastModel?.checksum === run?.header.model.checksum;
      if (images === runSet && isOfModel) run?.relabel(labelSource, labelling);
    } catch (error) {
      set({ setFailure: toFailure(error) });
    }
  }

  async function start(): Promise<void> {
    const { chosenSet, lastModel, setEmulator, setTakesPart, endpoints } = store.getState();
    const used = endpoints.filter((entry) => takesPart(entry, setTakesPart));
    if (!chosenSet || !lastModel || (!setEmulator && used.length === 0)) return;
    const { images, labelSource, labelling } = chosenSet;
    run?.leave();
    const mine = new SetRun(
      tools,
      {
        id: `${Date.now()}-${Math.random().toString(36).slice(2)}`,
        startedAt: Date.now(),
        state: "open",
        set: { name: images.name, images: images.images.length, ignored: images.ignored },
        model: { name: lastModel.name, checksum: lastModel.checksum },
        emulator: setEmulator,
        endpoints: used.map(({ address }) => ({ address, info: null })),
        labelSource,
        labelling,
        folder: images.folder,
      },
      { set: images },
    );
    run = mine;
    runSet = images;
    await mine.keep();
    if (run === mine) await mine.resume(store.getState().setBatchSize);
  }

  async function resume(): Promise<void> {
    if (!run) return;
    if (store.getState().lastModel?.checksum !== run.header.model.checksum) return;
    if (!runSet) await askForFolder(run);
    if (runSet) await run.resume(store.getState().setBatchSize);
  }

  /** The folder of the run of before the reload, as the browser remembers it, or as the user chooses it again. */
  async function askForFolder({ header }: SetRun): Promise<void> {
    set({ setFailure: null });
    const { folder } = header;
    if (folder && (await mayRead(folder).catch(() => false))) {
      await take((listOptions) => listFolder(folder, listOptions));
    }
    if (!runSet) {
      const again = `Choose the folder “${header.set.name}” again to go on: its files are compared with the results by path, size and time.`;
      set({ setFailure: toFailure(new StreamscopeError("bad-input", again)) });
    }
  }

  return {
    async restore() {
      if (isRestored) return;
      isRestored = true;
      const kept = await runs.get();
      if (!kept || run) return;
      run = new SetRun(tools, kept.header, { set: null, records: kept.records });
    },
    async chooseFolder() {
      const pick = pickFolder();
      if (!pick) return false;
      let folder: FolderHandle;
      try {
        folder = await pick({ id: "sets", mode: "read" });
      } catch (error) {
        // Closing the browser's dialog is no failure.
        if (!(error instanceof DOMException && error.name === "AbortError"))
          set({ setFailure: toFailure(error) });
        return true;
      }
      await take((listOptions) => listFolder(folder, listOptions));
      return true;
    },
    takeFiles: (files) => take(() => listFiles(files)),
    async takeDrop(items) {
      try {
        await take(folderFromDrop(items));
      } catch (error) {
        set({ setFailure: toFailure(error) });
      }
    },
    chooseLabels: (source) => relabel(source),
    chooseList: (file) => relabel(labels.bring(file)),
    start,
    pause: () => run?.pause(),
    resume,
    stop: () => run?.stop(),
    async forget() {
      run?.leave();
      run = null;
      runSet = null;
      set({ setRun: null });
      await runs.drop();
    },
    async look(path) {
      const file = runSet?.images.find((each) => each.path === path);
      set({ setFailure: null });
      try {
        if (!file)
          throw new StreamscopeError("bad-input", "Choose the folder again to look at its pictures.");
        const picture = ownPicture(await file.open());
        // The user's own picture goes before a sample that a link asks for and that is still on its way.
        store.getState().setWantedSample(null);
        store.getState().setView("classify");
        await session.show(picture);
      } catch (error) {
        set({ setFailure: toFailure(error) });
      }
    },
  };
}

function nothingIn({ name, ignored, lists, closed }: ImageSet): StreamscopeError {
  const inside = closed.length > 0 ? `; ${closed.length} folders in it may not be read` : "";
  return new StreamscopeError(
    "bad-input",
    `There are no pictures in “${name}” (${ignored + lists.length} other files${inside}). Choose a folder with pictures.`,
  );
}

const browserClock: Pick<SetRunTools, "now" | "wait" | "later"> = {
  now: () => performance.now(),
  wait,
  later: (callback) => void setTimeout(callback, publishMs),
};
