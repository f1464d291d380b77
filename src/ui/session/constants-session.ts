import { type ConstantsKey, constantsOf } from "../state/constants-slice";
import { toFailure } from "./failure";
import { type CallContext, createHardwareCalls, type HardwareCallsOptions } from "./hardware-calls";

/** Fetches what nodes hold, once each, into the store. */
export interface ConstantsSession {
  /** What is there or on its way is not fetched again; what failed is. Never rejects: the store tells. */
  fetch(key: ConstantsKey): Promise<void>;
}

export function createConstantsSession(options: HardwareCallsOptions): ConstantsSession {
  const { store } = options;
  const call = createHardwareCalls(options);
  // It is quick, and what was fetched is of use whenever it comes.
  const context: CallContext = { signal: new AbortController().signal, onProgress: () => {} };
  return {
    async fetch(key) {
      const { lastModel, setConstants } = store.getState();
      const known = constantsOf(store.getState(), key);
      if (!lastModel || (known && known.phase !== "failed")) return;
      const { checksum } = lastModel;
      setConstants(checksum, key, { phase: "running" });
      try {
        const constants = await call(context, (client) => client.constants(key));
        setConstants(checksum, key, { phase: "done", constants });
      } catch (error) {
        setConstants(checksum, key, { phase: "failed", failure: toFailure(error) });
      }
    },
  };
}
