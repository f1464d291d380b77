import * as v from "valibot";
import type { StreamscopeError } from "../graph/errors";
import { endpointFault } from "./faults";

/** Throws the `bad-reply` of this endpoint: what was wrong, as a whole sentence. */
export type RefuseReply = (wrong: string, cause?: unknown) => StreamscopeError;

export function refuseReplyOf(address: string): RefuseReply {
  return (wrong, cause) => endpointFault("bad-reply", { address, wrong }, { cause });
}

/** JSON of a given form from a reply's bytes, or the `bad-reply` that says what they are instead. */
export function parseJson<Schema extends v.GenericSchema>(
  bytes: Uint8Array,
  schema: Schema,
  refuse: RefuseReply,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, toJson(bytes, refuse));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const where = v.getDotPath(issue) ?? "all";
  const wrong =
    issue.received === "undefined"
      ? `“${where}” is missing`
      : `“${where}” is ${issue.received.slice(0, 80)}, not ${issue.expected}`;
  throw refuse(`Its JSON is not as the protocol has it: ${wrong}.`);
}

function toJson(bytes: Uint8Array, refuse: RefuseReply): unknown {
  if (bytes.length === 0) throw refuse("It is empty.");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw refuse("It is neither JSON nor a binary reply of the protocol.", cause);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (/^\s*</.test(text)) throw refuse("It is a web page (HTML), not an answer of the protocol.", cause);
    throw refuse("It is no whole JSON: damaged, cut off, or something else.", cause);
  }
}
