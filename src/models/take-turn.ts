import { throwIfAborted } from "../graph/errors";

/**
 * Waits until no other worker or tab of the site has the turn of this name; resolves with the way
 * to end one's own. It ends by itself with the worker. Without Web Locks (insecure pages) all have
 * their turn at once. Throws `aborted`.
 */
export async function takeTurn(name: string, signal?: AbortSignal): Promise<() => void> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return () => {};
  const turn = Promise.withResolvers<() => void>();
  const over = Promise.withResolvers<void>();
  const hold = () => {
    turn.resolve(over.resolve);
    return over.promise;
  };
  // A browser that denies locks to this page gives the turn at once.
  locks.request(name, signal ? { signal } : {}, hold).catch(() => turn.resolve(() => {}));
  const endTurn = await turn.promise;
  throwIfAborted(signal);
  return endTurn;
}
