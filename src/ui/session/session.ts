import { StreamscopeError, throwIfAborted } from "../../graph/errors";
import type { OwnModel } from "../../models/own-model-store";
import type {
  LoadedModel,
  LoadProgress,
  NetworkRun,
  PictureData,
  PreparedInput,
} from "../../workers/emulator-api";
import type { EmulatorClient } from "../../workers/emulator-client";
import { modelSource } from "../state/own-model-slice";
import { pictureToClassify } from "../state/picture-slice";
import type { AppStore } from "../state/store";
import { switchedTo } from "../state/switch-model";
import { tapOf, tappingOf } from "../state/taps-slice";
import { toFailure } from "./failure";
import type { Picture } from "./picture";
import { recoveryOf } from "./recovery";

export interface SessionOptions {
  readonly client: EmulatorClient;
  readonly store: AppStore;
  /** Absolute URL of the built-in package's manifest. */
  readonly manifestUrl: string;
}

/** What a user does with the emulator. Everything that comes of it appears in the store. */
export interface Session {
  /** Loads the model with the engine that the store names, then classifies the picture on screen again. */
  load(): Promise<void>;
  /**
   * Loads another model in place of the one in use, the built-in one for null, and classifies the
   * picture on screen with it. Rejects if it cannot be loaded: the one before is then still in use.
   */
  take(model: OwnModel | null): Promise<void>;
  /** Classifies a picture; one still under way is given up: the newest wins. */
  show(picture: Picture): Promise<void>;
  /** The failed thing once more: the model if it is missing, then the picture. */
  retry(): Promise<void>;
  /**
   * Outputs of nodes for the picture whose result is on screen, in one run of the network, into the
   * store's taps. Those that are there are not computed again. The newest wish wins.
   */
  tap(nodes: readonly string[]): Promise<void>;
  /**
   * The network's input of a picture, without a word to the store: for what comes in rows, as frames
   * of a camera and files of a set. Waits for the model. Rejects with StreamscopeError; a frame that
   * was handed over to a worker that died is lost with it, and the next one finds a new worker.
   */
  prepare(picture: PictureData, signal: AbortSignal): Promise<PreparedInput>;
  /** Runs the network on an input, as `prepare` does its work. */
  run(input: Uint8Array, signal: AbortSignal): Promise<NetworkRun>;
}

/**
 * Drives the emulator for the page. A worker or a GPU device that is lost is set up again by
 * itself, once a call, and the same work is done again; the user is told in one line.
 */
export function createSession({ client, store, manifestUrl }: SessionOptions): Session {
  let loading = new AbortController();
  let loaded: Promise<LoadedModel | null> = Promise.resolve(null);
  let classifying = new AbortController();
  let tapping = new AbortController();
  let recovering: Promise<LoadedModel> | null = null;
  let attempts = 0;

  async function load(): Promise<void> {
    classifying.abort();
    tapping.abort();
    const ready = setUp();
    const picture = pictureToClassify(store.getState());
    if (picture) await show(picture);
    else await ready.catch(() => null);
  }

  async function take(own: OwnModel | null): Promise<void> {
    classifying.abort();
    tapping.abort();
    const { model: before } = store.getState();
    const loadedBefore = loaded;
    const ready = setUp(own);
    const mine = loading;
    try {
      await ready;
    } catch (error) {
      if (loading !== mine) throw error;
      // The worker goes on with the engine it has, unless it was lost with it.
      if (before.phase === "ready" && !recoveryOf(error)) {
        store.getState().setModel(before);
        loaded = loadedBefore;
        const { attempt } = store.getState();
        if (attempt?.phase === "running") void show(attempt.picture);
      } else {
        void load();
      }
      throw error;
    }
    const picture = pictureToClassify(store.getState());
    if (picture) void show(picture);
  }

  async function show(picture: Picture): Promise<void> {
    classifying.abort();
    tapping.abort();
    classifying = new AbortController();
    const { signal } = classifying;
    const id = ++attempts;
    const { begin, succeed, fail } = store.getState();
    begin(id, picture);
    // Without a model the attempt waits: the next `load` takes it up again.
    const model = await newestModel();
    if (!model || signal.aborted) return;
    try {
      const blob = await picture.read(signal);
      const classification = await withSecondChance(() => client.classify(blob, { signal }), signal);
      if (!signal.aborted) succeed(id, classification);
    } catch (error) {
      if (!signal.aborted) fail(id, toFailure(error));
    }
  }

  async function retry(): Promise<void> {
    const { model, attempt } = store.getState();
    if (model.phase === "failed") await load();
    else if (attempt) await show(attempt.picture);
  }

  async function tap(nodes: readonly string[]): Promise<void> {
    const state = store.getState();
    const { outcome, setTapping, addTaps } = state;
    if (!outcome) return;
    const missing = nodes.filter((node) => tapOf(state, node) === null);
    const underWay = (node: string) => tappingOf(state, node)?.phase === "running";
    if (missing.every(underWay)) return;
    tapping.abort();
    tapping = new AbortController();
    const { signal } = tapping;
    const { attempt, picture } = outcome;
    const running = { phase: "running", attempt, nodes: missing, failure: null } as const;
    setTapping(running);
    try {
      const blob = await picture.read(signal);
      const run = () => client.classify(blob, { signal, taps: missing });
      const { taps } = await withSecondChance(run, signal);
      const without = missing.find((node) => !taps.has(node));
      if (without) throw new StreamscopeError("engine-failed", `The engine gave no output of ${without}.`);
      if (!signal.aborted) addTaps(attempt, taps);
    } catch (error) {
      if (!signal.aborted) setTapping({ ...running, phase: "failed", failure: toFailure(error) });
    } finally {
      if (store.getState().tapping === running) setTapping(null);
    }
  }

  async function prepare(picture: PictureData, signal: AbortSignal): Promise<PreparedInput> {
    await modelFor(signal);
    const work = () => client.prepare(picture, { signal });
    if (picture instanceof Blob) return withSecondChance(work, signal);
    try {
      return await work();
    } catch (error) {
      const recovery = recoveryOf(error);
      if (recovery) {
        await setUpAgain(signal);
        store.getState().notify(recovery);
      }
      throw error;
    }
  }

  async function run(input: Uint8Array, signal: AbortSignal): Promise<NetworkRun> {
    await modelFor(signal);
    return withSecondChance(() => client.run(input, { signal }), signal);
  }

  async function modelFor(signal: AbortSignal): Promise<LoadedModel> {
    const model = await newestModel();
    throwIfAborted(signal);
    if (!model) throw new StreamscopeError("engine-failed", "There is no model to run. Load it again.");
    return model;
  }

  /**
   * Starts a load in place of the one before. Rejects as the load does; the store tells the page, but
   * not of another model that cannot be loaded.
   */
  function setUp(own = store.getState().ownModel): Promise<LoadedModel> {
    loading.abort();
    loading = new AbortController();
    const { signal } = loading;
    const { engine, ownModel, setModel } = store.getState();
    // Progress comes by another channel than the result, and may come after it.
    let over = false;
    const onProgress = (progress: LoadProgress) => {
      if (!over && !signal.aborted) setModel({ phase: "loading", progress });
    };
    const finish = (change: () => void) => {
      over = true;
      if (!signal.aborted) change();
    };
    const source = modelSource({ ownModel: own }, manifestUrl);
    setModel({ phase: "loading", progress: null });
    const result = withSecondChance(() =>
      client.load({ ...source, backend: engine }, { signal, onProgress }),
    );
    loaded = result.then(
      (model) => {
        finish(() => {
          if (own === ownModel) setModel({ phase: "ready", model });
          else store.setState(switchedTo(own, model));
        });
        return model;
      },
      (error) => {
        finish(() => {
          if (own === ownModel) setModel({ phase: "failed", failure: toFailure(error) });
        });
        return null;
      },
    );
    return result;
  }

  /** In place of what was lost, for a call with this signal; calls that are lost together share it. */
  async function setUpAgain(signal: AbortSignal): Promise<LoadedModel> {
    recovering ??= setUp().finally(() => {
      recovering = null;
    });
    try {
      return await recovering;
    } catch (error) {
      // The user wants another engine or model in its place: it serves the call as well.
      if (isAborted(error)) return modelFor(signal);
      throw error;
    }
  }

  /** The model once it is there, even if another load takes over meanwhile; null if it cannot be had. */
  async function newestModel(): Promise<LoadedModel | null> {
    const awaited = loaded;
    const model = await awaited;
    return awaited === loaded ? model : newestModel();
  }

  /**
   * Runs `work`; if the worker or the device is lost under it, sets up again and runs it once more.
   * @param signal the work's; none for work that sets up itself
   */
  async function withSecondChance<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const recovery = recoveryOf(error);
      if (!recovery) throw error;
      if (signal) await setUpAgain(signal);
      const result = await work();
      store.getState().notify(recovery);
      return result;
    }
  }

  return { load, take, show, retry, tap, prepare, run };
}

function isAborted(error: unknown): boolean {
  return error instanceof StreamscopeError && error.code === "aborted";
}
