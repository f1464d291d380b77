import { StreamscopeError } from "../graph/errors";

/** The `bad-input` error of a folding: the node's name, and what is wrong with it. */
export function badFolding(node: string, problem: string): StreamscopeError {
  return new StreamscopeError("bad-input", `${node}: ${problem}`, { node });
}
