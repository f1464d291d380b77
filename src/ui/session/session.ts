import { StreamscopeError } from "../../graph/errors";
import type { LoadedModel, LoadProgress } from "../../workers/emulator-api";
import type { EmulatorClient } from "../../workers/emulator-client";
import type { ModelState } from "../state/model-slice";
import { pictureToClassify } from "../state/picture-slice";
import type { AppStore } from "../state/store";
import { toFailure } from "./failure";
import type { Picture } from "./picture";
import { recoveryOf } from "./recovery";

export interface SessionOptions {
  readonly client: EmulatorClient;
  readonly store: AppStore;
  /** Absolute URL of the package's manifest. */
  readonly manifestUrl: string;
}

/** What a user does with the emulator. Everything that comes of it appears in the store. */
export interface Session {
  /** Loads the model with the engine that the store names, then classifies the picture on screen again. */
  load(): Promise<void>;
  /** Classifies a picture; one still under way is given up: the newest wins. */
  show(picture: Picture): Promise<void>;
  /** The failed thing once more: the model if it is missing, then the picture. */
  retry(): Promise<void>;
  /** Taps one node for the picture whose result is on screen. */
  measure(node: string): Promise<void>;
}

/**
 * Drives the emulator for the page. A worker or a GPU device that is lost is set up again by
 * itself, once a call, and the same work is done again; the user is told in one line.
 */
export function createSession({ client, store, manifestUrl }: SessionOptions): Session {
  let loading = new AbortController();
  let loaded: Promise<LoadedModel | null> = Promise.resolve(null);
  let classifying = new AbortController();
  let measuring = new AbortController();
  let attempts = 0;

  async function load(): Promise<void> {
    classifying.abort();
    measuring.abort();
    const ready = setUp();
    const picture = pictureToClassify(store.getState());
    if (picture) await show(picture);
    else await ready.catch(() => null);
  }

  async function show(picture: Picture): Promise<void> {
    classifying.abort();
    measuring.abort();
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
      const classification = await withSecondChance(() => client.classify(blob, { signal }), setUp);
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

  async function measure(node: string): Promise<void> {
    const { outcome, setMeasurement } = store.getState();
    if (!outcome) return;
    measuring.abort();
    measuring = new AbortController();
    const { signal } = measuring;
    const about = { node, attempt: outcome.attempt };
    const running = { phase: "running", ...about } as const;
    setMeasurement(running);
    try {
      const blob = await outcome.picture.read(signal);
      const tapped = () => client.classify(blob, { signal, taps: [node] });
      const { taps } = await withSecondChance(tapped, setUp);
      const tap = taps.get(node);
      if (!tap) throw new StreamscopeError("engine-failed", `The engine gave no output of ${node}.`);
      if (!signal.aborted) setMeasurement({ phase: "done", ...about, tap });
    } catch (error) {
      if (!signal.aborted) setMeasurement({ phase: "failed", ...about, failure: toFailure(error) });
    } finally {
      if (store.getState().measurement === running) setMeasurement(null);
    }
  }

  /** Starts a load in place of the one before. Rejects as the load does; the store tells the page. */
  function setUp(): Promise<LoadedModel> {
    loading.abort();
    loading = new AbortController();
    const { signal } = loading;
    const { engine, setModel } = store.getState();
    // Progress comes by another channel than the result, and may come after it.
    let over = false;
    const onProgress = (progress: LoadProgress) => {
      if (!over && !signal.aborted) setModel({ phase: "loading", progress });
    };
    const finish = (model: ModelState) => {
      over = true;
      if (!signal.aborted) setModel(model);
    };
    setModel({ phase: "loading", progress: null });
    const result = withSecondChance(() =>
      client.load({ manifestUrl, backend: engine }, { signal, onProgress }),
    );
    loaded = result.then(
      (model) => {
        finish({ phase: "ready", model });
        return model;
      },
      (error) => {
        finish({ phase: "failed", failure: toFailure(error) });
        return null;
      },
    );
    return result;
  }

  /** The model once it is there, even if another load takes over meanwhile; null if it cannot be had. */
  async function newestModel(): Promise<LoadedModel | null> {
    const awaited = loaded;
    const model = await awaited;
    return awaited === loaded ? model : newestModel();
  }

  /** Runs `work`; if the worker or the device is lost under it, sets up again and runs it once more. */
  async function withSecondChance<T>(
    work: () => Promise<T>,
    setUpAgain?: () => Promise<unknown>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const recovery = recoveryOf(error);
      if (!recovery) throw error;
      await setUpAgain?.();
      const result = await work();
      store.getState().notify(recovery);
      return result;
    }
  }

  return { load, show, retry, measure };
}
