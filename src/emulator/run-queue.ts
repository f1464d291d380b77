import { StreamscopeError, throwIfAborted } from "../graph/errors";

/**
 * One job at a time, in the order of the calls. A job whose signal fires while it waits is
 * never started; after `close` the waiting ones are refused too.
 */
export class RunQueue {
  #tail: Promise<unknown> = Promise.resolve();
  #closed = false;

  /** Runs `job` after all earlier ones and settles as it does. Rejects with `aborted`, or after `close`. */
  add<T>(job: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const turn = this.#tail.then(() => {
      throwIfAborted(signal);
      if (this.#closed) throw new StreamscopeError("engine-failed", "This engine was closed.");
      return job();
    });
    // The next job waits for this one, but does not inherit its failure.
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  /** Refuses all further jobs. Resolves when the one under way has ended, so that what it uses can be freed. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#tail;
  }
}
