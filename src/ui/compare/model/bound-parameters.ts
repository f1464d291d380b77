import type { RemoteResult } from "../../../remote/endpoint";

/** Characters of JSON that the parameters of one answer may take: many answers are kept. */
export const parametersBound = 2048;

export interface BoundedParameters {
  readonly parameters: RemoteResult["parameters"];
  readonly parametersLeftOut: number;
}

/** The parameters that fit, in their order; each is kept whole or left out. */
export function boundParameters(all: RemoteResult["parameters"]): BoundedParameters {
  const kept: [string, string | number | boolean][] = [];
  const entries = Object.entries(all);
  // The braces.
  let size = 2;
  for (const [name, value] of entries) {
    const needed = JSON.stringify([name, value]).length;
    if (size + needed > parametersBound) continue;
    size += needed;
    kept.push([name, value]);
  }
  return { parameters: Object.fromEntries(kept), parametersLeftOut: entries.length - kept.length };
}
