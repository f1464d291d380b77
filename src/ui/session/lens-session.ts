import type { HardwareClient } from "../../workers/hardware-client";
import type { FoldedDesign } from "../state/folding-slice";
import { toFailure } from "./failure";
import { createHardwareCalls, type HardwareCallsOptions } from "./hardware-calls";

/** Fetches what the block under the lens is made of. */
export interface LensSession {
  /** Gets nodes of a design, with what they hold, into `lensNodes`. The newest wish wins; it never rejects. */
  look(design: FoldedDesign, names: readonly string[]): Promise<void>;
}

export function createLensSession(
  options: HardwareCallsOptions<Pick<HardwareClient, "load" | "nodes">>,
): LensSession {
  const { store } = options;
  const call = createHardwareCalls(options);
  let looking = new AbortController();
  return {
    async look(design, names) {
      looking.abort();
      looking = new AbortController();
      const { signal } = looking;
      const { board, config } = design;
      store.getState().setLensFailure(null);
      try {
        const nodes = await call({ signal }, (client) => client.nodes({ board, config, names }, { signal }));
        if (!signal.aborted) store.getState().setLensNodes({ design, nodes });
      } catch (error) {
        const { code, message } = toFailure(error);
        // A newer wish took its place, or another model.
        if (!signal.aborted && code !== "aborted") store.getState().setLensFailure(message);
      }
    },
  };
}
