/** Names one call, so that it can be cancelled across the worker's border. */
export type CallId = number;

/** The worker's open calls: turns `cancel(id)` into an AbortSignal for the one it names. */
export class OpenCalls {
  readonly #open = new Map<CallId, AbortController>();

  async run<T>(id: CallId, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#open.set(id, controller);
    try {
      return await work(controller.signal);
    } finally {
      this.#open.delete(id);
    }
  }

  /** Cancelling a call that has ended does nothing. */
  cancel(id: CallId): void {
    this.#open.get(id)?.abort();
  }
}
