import * as Comlink from "comlink";
import { StreamscopeError, throwIfAborted } from "../graph/errors";
import { type Answer, open } from "./answer";
import type {
  CallId,
  Classification,
  ClassifyOptions,
  EmulatorApi,
  LoadedModel,
  LoadProgress,
  LoadRequest,
} from "./emulator-api";
import { watchLifeLock } from "./liveness";

/**
 * The page's side of the emulator worker. Calls take an AbortSignal and always settle: when the
 * worker dies they reject with `worker-lost`, and the next `load` starts a new one.
 */
export interface EmulatorClient {
  load(
    request: LoadRequest,
    options?: { signal?: AbortSignal; onProgress?: (progress: LoadProgress) => void },
  ): Promise<LoadedModel>;
  /** Rejects with `worker-lost` if nothing is loaded in the worker, as after its death. */
  classify(picture: Blob, options?: ClassifyOptions & { signal?: AbortSignal }): Promise<Classification>;
  /** Ends the worker. Calls under way reject with `aborted`. */
  dispose(): void;
}

export type WorkerFactory = (name: string) => Worker;

const startWorker: WorkerFactory = (name) =>
  new Worker(new URL("./emulator.worker.ts", import.meta.url), { type: "module", name });

export function createEmulatorClient(createWorker: WorkerFactory = startWorker): EmulatorClient {
  let session: Session | null = null;
  let nextCall = 1;

  /** Runs one call in the session, and settles at once when the signal fires or the worker dies. */
  async function run<T>(
    within: Session,
    signal: AbortSignal | undefined,
    send: (api: Comlink.Remote<EmulatorApi>, id: CallId) => Promise<Answer<T>>,
  ): Promise<T> {
    throwIfAborted(signal);
    const id = nextCall++;
    const end = Promise.withResolvers<never>();
    const onAbort = () => {
      void within.api.cancel(id);
      end.reject(new StreamscopeError("aborted", "Stopped."));
    };
    const onEnd = () => end.reject(within.life.reason);
    signal?.addEventListener("abort", onAbort, { once: true });
    within.life.addEventListener("abort", onEnd, { once: true });
    const call = within.ready
      .then(() => {
        // Stopped before the worker listened: it never hears of the call.
        throwIfAborted(signal);
        return send(within.api, id);
      })
      .then(open);
    try {
      return await Promise.race([call, end.promise]);
    } finally {
      signal?.removeEventListener("abort", onAbort);
      within.life.removeEventListener("abort", onEnd);
      // Whichever lost the race must not surface as an unhandled rejection.
      call.catch(() => undefined);
    }
  }

  const live = (): Session => {
    if (!session || session.life.aborted) session = startSession(createWorker);
    return session;
  };

  return {
    load(request, { signal, onProgress } = {}) {
      const within = live();
      return run(within, signal, (api, id) =>
        api.load(
          request,
          id,
          Comlink.proxy((progress: LoadProgress) => onProgress?.(progress)),
        ),
      );
    },
    async classify(picture, { signal, ...options } = {}) {
      if (!session || session.life.aborted) {
        throw new StreamscopeError("worker-lost", "The emulator was ended. It must be loaded again.");
      }
      return run(session, signal, (api, id) => api.classify(picture, options, id));
    },
    dispose() {
      session?.end(new StreamscopeError("aborted", "Stopped."));
      session = null;
    },
  };
}

/** One worker's life. */
interface Session {
  readonly api: Comlink.Remote<EmulatorApi>;
  /** Resolves when the worker listens. */
  readonly ready: Promise<void>;
  /** Fires when the worker is gone; its reason is the error for the calls under way. */
  readonly life: AbortSignal;
  end(reason: StreamscopeError): void;
}

let sessions = 0;

function startSession(createWorker: WorkerFactory): Session {
  // Locks are shared by all tabs of the origin, so the name must be unique among them.
  const name = `streamscope-emulator-${++sessions}-${Math.random().toString(36).slice(2)}`;
  const worker = createWorker(name);
  const over = new AbortController();

  const end = (reason: StreamscopeError) => {
    if (over.signal.aborted) return;
    over.abort(reason);
    worker.terminate();
  };
  const lost = (cause?: unknown) =>
    end(new StreamscopeError("worker-lost", "The emulator stopped unexpectedly.", {}, { cause }));

  const ready = new Promise<void>((resolve) => {
    const onMessage = (event: MessageEvent) => {
      if (event.data !== "ready") return;
      worker.removeEventListener("message", onMessage);
      watchLifeLock(name, lost, over.signal);
      resolve();
    };
    worker.addEventListener("message", onMessage);
  });
  worker.addEventListener("error", (event) => lost(event.message));
  worker.addEventListener("messageerror", () => lost("a message could not be read"));

  return {
    api: Comlink.wrap<EmulatorApi>(worker),
    ready,
    life: over.signal,
    end,
  };
}
