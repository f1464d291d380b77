import * as Comlink from "comlink";
import { StreamscopeError, throwIfAborted } from "../graph/errors";
import { type Answer, open } from "./answer";
import type { CallId } from "./calls";
import { watchLifeLock } from "./liveness";
import { notLoaded } from "./not-loaded";

/** Starts a worker of this name. */
export type WorkerFactory = (name: string) => Worker;

/** What every worker of the app understands. */
interface Cancellable {
  /** Stops a call; it rejects with `aborted`. */
  cancel(call: CallId): void;
}

type Send<Api, T> = (api: Comlink.Remote<Api>, id: CallId) => Promise<Answer<T>>;

/**
 * The page's line to one worker. Calls take an AbortSignal and always settle: when the worker dies
 * they reject with `worker-lost`, and the next `start` starts a new one.
 */
export class WorkerLine<Api extends Cancellable> {
  readonly #who: string;
  readonly #createWorker: WorkerFactory;
  #session: Session<Api> | null = null;
  #nextCall: CallId = 1;

  /** `who` works there, for sentences: "emulator". */
  constructor(who: string, createWorker: WorkerFactory) {
    this.#who = who;
    this.#createWorker = createWorker;
  }

  /** A call that sets the worker up: one that is gone is replaced first. */
  async start<T>(signal: AbortSignal | undefined, send: Send<Api, T>): Promise<T> {
    if (!this.#session || this.#session.life.aborted) {
      this.#session = startSession<Api>(this.#who, this.#createWorker);
    }
    return this.#run(this.#session, signal, send);
  }

  /** A call to the worker as it was set up. Rejects with `worker-lost` if it is gone. */
  async call<T>(signal: AbortSignal | undefined, send: Send<Api, T>): Promise<T> {
    if (!this.#session || this.#session.life.aborted) throw notLoaded(this.#who);
    return this.#run(this.#session, signal, send);
  }

  /** Ends the worker. Calls under way reject with `aborted`. */
  dispose(): void {
    this.#session?.end(new StreamscopeError("aborted", "Stopped."));
    this.#session = null;
  }

  /** Runs one call in the session, and settles at once when the signal fires or the worker dies. */
  async #run<T>(within: Session<Api>, signal: AbortSignal | undefined, send: Send<Api, T>): Promise<T> {
    throwIfAborted(signal);
    const id = this.#nextCall++;
    const end = Promise.withResolvers<never>();
    const onAbort = () => {
      within.cancel(id);
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
}

/** One worker's life. */
interface Session<Api> {
  readonly api: Comlink.Remote<Api>;
  /** Resolves when the worker listens. */
  readonly ready: Promise<void>;
  /** Fires when the worker is gone; its reason is the error for the calls under way. */
  readonly life: AbortSignal;
  cancel(id: CallId): void;
  end(reason: StreamscopeError): void;
}

let sessions = 0;

function startSession<Api extends Cancellable>(who: string, createWorker: WorkerFactory): Session<Api> {
  // Locks are shared by all tabs of the origin, so the name must be unique among them.
  const name = `streamscope-${who.replaceAll(" ", "-")}-${++sessions}-${Math.random().toString(36).slice(2)}`;
  const worker = createWorker(name);
  const over = new AbortController();

  const end = (reason: StreamscopeError) => {
    if (over.signal.aborted) return;
    over.abort(reason);
    worker.terminate();
  };
  const lost = (cause?: unknown) =>
    end(new StreamscopeError("worker-lost", `The ${who} stopped unexpectedly.`, {}, { cause }));

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

  const api = Comlink.wrap<Api>(worker);
  return {
    api,
    ready,
    life: over.signal,
    // For any `Api`, TypeScript cannot work out what Comlink makes of `cancel`.
    cancel: (id) => void (api as Comlink.Remote<Cancellable>).cancel(id),
    end,
  };
}
