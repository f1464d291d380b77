import { StreamscopeError } from "../graph/errors";

/** The error of a call to a worker in which nothing is loaded, as after its death. */
export function notLoaded(who: string): StreamscopeError {
  return new StreamscopeError("worker-lost", `The ${who} was ended. It must be loaded again.`);
}
