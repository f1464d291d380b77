import type { StreamscopeError } from "../graph/errors";
import type { Endpoint } from "./endpoint";
import type { Reply } from "./exchange";
import { endpointFault } from "./faults";
import { serverWords } from "./server-words";

/** What was asked for: the same status means different things. */
export type Asked =
  | { readonly of: "server" }
  | { readonly of: "model" | "inference"; readonly model: string };

/** The fault behind a reply whose status is no success, with the server's own words. */
export function refusal({ address, token }: Endpoint, reply: Reply, asked: Asked): StreamscopeError {
  const { status } = reply;
  const said = serverWords(reply.bytes);
  const facts = { address, status, said, hasToken: Boolean(token) };
  if (status === 401) return endpointFault("unauthorized", facts);
  if (status === 403) return endpointFault("forbidden", facts);
  if (status === 413) return endpointFault("too-large", facts);
  if (status === 429) return endpointFault("overloaded", facts);
  if (asked.of !== "server" && status === 400 && isLoading(said)) return notReady(address, asked, reply);
  if (asked.of !== "server" && isUnknownModel(status, said)) {
    const wrong = `The endpoint has no model named “${asked.model}”.`;
    return endpointFault("wrong-model", { ...facts, wrong });
  }
  if (status === 503) {
    if (asked.of === "inference") return endpointFault("overloaded", facts);
    return notReady(address, asked, reply);
  }
  if (status === 404) {
    const wrong = "There is no server of the Open Inference Protocol here: check host, port and path.";
    return endpointFault("server-error", { ...facts, wrong });
  }
  if (status === 502 || status === 504) {
    const wrong = "A proxy answers, but not the endpoint behind it: check that the endpoint runs.";
    return endpointFault("server-error", { ...facts, wrong });
  }
  return endpointFault("server-error", facts);
}

/** The fault of a server or a model that says it is not ready. */
export function notReady(address: string, asked: Asked, reply: Reply): StreamscopeError {
  const who = asked.of === "server" ? "the server" : `its model “${asked.model}”`;
  const wrong = `${new URL(address).host} runs, but ${who} is not ready.`;
  return endpointFault("not-ready", { address, wrong, status: reply.status, said: serverWords(reply.bytes) });
}

/** Triton's words for a model that it knows and that is not loaded: yet, any more, or in vain. */
function isLoading(said: string): boolean {
  return /unknown model.* has no available versions/i.test(said);
}

/** KServe answers 404 for a model it does not have, Triton 404 or, in older releases, 400. */
function isUnknownModel(status: number, said: string): boolean {
  return status === 404 || (status === 400 && /unknown model/i.test(said));
}
