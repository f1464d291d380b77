import { StreamscopeError } from "../../graph/errors";
import { type PackageSource, sourceId } from "../../models/package-source";
import type { HardwareClient } from "../../workers/hardware-client";
import { modelSource } from "../state/own-model-slice";
import type { AppStore } from "../state/store";

/** `Client`: the part of the hardware client that a session uses. */
export interface HardwareCallsOptions<Client extends Pick<HardwareClient, "load"> = HardwareClient> {
  readonly client: Client;
  readonly store: AppStore;
  /** Absolute URL of the built-in package's manifest. */
  readonly manifestUrl: string;
}

/** What goes with a call: a way to stop it, and who wants to know how far the loading before it is. */
export interface CallContext {
  readonly signal: AbortSignal;
  readonly onProgress?: (label: string, share: number | null) => void;
}

type HardwareCall<Client> = <T>(context: CallContext, work: (client: Client) => Promise<T>) => Promise<T>;

/**
 * Calls to the hardware worker, which is started with the first and has the model in use loaded. If it is lost under a
 * call, it is started again, the call is made once more, and the user is told in one line. An answer that comes when
 * another model is in use rejects with `aborted`, as does a call whose signal fires.
 */
export function createHardwareCalls<Client extends Pick<HardwareClient, "load">>({
  client,
  store,
  manifestUrl,
}: HardwareCallsOptions<Client>): HardwareCall<Client> {
  async function load(source: PackageSource, { signal, onProgress }: CallContext): Promise<void> {
    let over = false;
    // Costs nothing where the package is already loaded; others may have loaded another one.
    await client.load(source, {
      signal,
      onProgress: ({ label, done, total }) => {
        // Progress comes by another channel than the result, and may come after it.
        if (!over) onProgress?.(label, total > 0 ? done / total : null);
      },
    });
    over = true;
  }

  /** The answer, unless another model is in use by now, which it says nothing of. */
  async function answerOf<T>(source: PackageSource, work: (client: Client) => Promise<T>): Promise<T> {
    const answer = await work(client);
    if (sourceId(source) !== sourceId(inUse())) {
      throw new StreamscopeError("aborted", "Another model is in use now.");
    }
    return answer;
  }

  const inUse = () => modelSource(store.getState(), manifestUrl);

  return async (context, work) => {
    const source = inUse();
    try {
      await load(source, context);
      return await answerOf(source, work);
    } catch (error) {
      if (!(error instanceof StreamscopeError && error.code === "worker-lost")) throw error;
      await load(source, context);
      const result = await answerOf(source, work);
      // The same words for all who lost a call with it: notices that say the same are one.
      store
        .getState()
        .notify("The hardware model stopped unexpectedly and was started again. Nothing was lost.");
      return result;
    }
  };
}
