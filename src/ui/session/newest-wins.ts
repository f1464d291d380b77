/** One piece of work at a time; what comes meanwhile waits, and only the newest of it. */
export interface NewestWins<T> {
  /** Settles when the work on it is done, or when a newer one took its place. Never rejects. */
  offer(item: T): Promise<void>;
  /** What waits is given up; the work under way is not stopped. */
  clear(): void;
}

/** @param work must not reject */
export function newestWins<T>(work: (item: T) => Promise<void>): NewestWins<T> {
  let busy = false;
  let waiting: { readonly item: T; readonly settle: () => void } | null = null;

  function clear(): void {
    waiting?.settle();
    waiting = null;
  }

  async function offer(item: T): Promise<void> {
    if (busy) {
      clear();
      return new Promise((settle) => {
        waiting = { item, settle };
      });
    }
    busy = true;
    await work(item);
    busy = false;
    const next = waiting;
    waiting = null;
    if (next) void offer(next.item).then(next.settle);
  }

  return { offer, clear };
}
