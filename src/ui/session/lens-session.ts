import { StreamscopeError } from "../../graph/errors";
import type { HardwareClient } from "../../workers/hardware-client";
import type { FoldedDesign } from "../state/folding-slice";
import { modelSource } from "../state/own-model-slice";
import type { AppStore } from "../state/store";
import { toFailure } from "./failure";

export interface LensSessionOptions {
  readonly client: Pick<HardwareClient, "load" | "nodes">;
  readonly store: AppStore;
  /** Absolute URL of the built-in package's manifest. */
  readonly manifestUrl: string;
}

/** Fetches what the block under the lens is made of. */
export interface LensSession {
  /** Gets nodes of a design, with what they hold, into `lensNodes`. The newest wish wins; it never rejects. */
  look(design: FoldedDesign, names: readonly string[]): Promise<void>;
}

export function createLensSession({ client, store, manifestUrl }: LensSessionOptions): LensSession {
  let looking = new AbortController();
  return {
    async look(design, names) {
      looking.abort();
      looking = new AbortController();
      const { signal } = looking;
      const { board, config } = design;
      const fetch = async () => {
        // Costs nothing where the package is already loaded.
        await client.load(modelSource(store.getState(), manifestUrl), { signal });
        return client.nodes({ board, config, names }, { signal });
      };
      store.getState().setLensFailure(null);
      try {
        const nodes = await fetch().catch((error) => {
          if (error instanceof StreamscopeError && error.code === "worker-lost") return fetch();
          throw error;
        });
        if (!signal.aborted) store.getState().setLensNodes({ design, nodes });
      } catch (error) {
        if (!signal.aborted) store.getState().setLensFailure(toFailure(error).message);
      }
    },
  };
}
