/**
 * How the page learns that a worker is gone. A worker that the browser ends (out of memory) or
 * that closes itself sends no event; but a Web Lock it holds is freed at that moment, and
 * whoever waits for the lock is told. Without Web Locks (insecure pages) only errors are seen.
 */

/** In the worker: holds the lock for as long as the worker lives. Resolves once it is held. */
export function holdLifeLock(name: string): Promise<void> {
  const { locks } = navigator;
  if (!locks) return Promise.resolve();
  return new Promise((held) => {
    const request = locks.request(name, () => {
      held();
      return new Promise<never>(() => {});
    });
    // A browser that denies locks to this page leaves the worker usable, only not watched.
    request.catch(() => held());
  });
}

/** On the page: calls `onEnd` when the holder of the lock is gone. Call it once the lock is held. */
export function watchLifeLock(name: string, onEnd: () => void, signal: AbortSignal): void {
  navigator.locks
    ?.request(name, { signal }, () => {
      onEnd();
    })
    .catch((error: unknown) => {
      if (!signal.aborted) console.error(error);
    });
}
