import { type Browser, thisBrowser } from "./browser";
import { check } from "./check";
import type { RemoteClient } from "./endpoint";
import { infer } from "./infer";

/** A client of the Open Inference Protocol v2 over REST; `browser` for tests of other surroundings. */
export function createRemoteClient(browser: Partial<Browser> = {}): RemoteClient {
  const surroundings = { ...thisBrowser(), ...browser };
  return {
    check: (endpoint, model, options = {}) => check(surroundings, endpoint, model, options),
    infer: (endpoint, info, inputs, options = {}) => infer(surroundings, endpoint, info, inputs, options),
  };
}
