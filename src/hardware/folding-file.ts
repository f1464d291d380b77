import * as v from "valibot";
import { StreamscopeError } from "../graph/errors";
import type { FoldingConfig } from "./folding-config";

const value = v.union([v.number(), v.string(), v.array(v.number())]);
const opTypes = v.union([v.array(v.string()), v.string()]);
const fileSchema = v.pipe(
  v.unknown(),
  v.check((json) => !Array.isArray(json), "it must be an object of nodes by name"),
  v.objectWithRest(
    { Defaults: v.optional(v.record(v.string(), v.strictTuple([value, opTypes])), {}) },
    v.record(v.string(), value),
  ),
);

/**
 * Reads a folding file of FINN (its `folding_config.json`, `auto_folding_config.json`,
 * `final_hw_config.json`): an object of nodes by name, each an object of attributes, and under
 * `Defaults` `{attribute: [value, [op types]]}`. Whether it fits a network is for `foldGraph` to say.
 * Throws `bad-input`.
 */
export function readFoldingFile(text: string): FoldingConfig {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new StreamscopeError("bad-input", "The folding file is not JSON.", {}, { cause });
  }
  const parsed = v.safeParse(fileSchema, json);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    const at = v.getDotPath(issue) ?? "the top";
    throw new StreamscopeError("bad-input", `The folding file is wrong at ${at}: ${issue.message}.`, { at });
  }
  const { Defaults, ...nodes } = parsed.output;
  return {
    defaults: new Map(
      Object.entries(Defaults).map(([attribute, [given, types]]) => [
        attribute,
        { value: given, opTypes: typeof types === "string" ? [types] : types },
      ]),
    ),
    nodes: new Map(Object.entries(nodes)),
  };
}

/** Writes a folding in FINN's form, which FINN's ApplyConfig reads. */
export function writeFoldingFile({ defaults, nodes }: FoldingConfig): string {
  const json = {
    Defaults: Object.fromEntries(
      [...defaults].map(([attribute, { value: given, opTypes: types }]) => [attribute, [given, types]]),
    ),
    ...Object.fromEntries(nodes),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}
