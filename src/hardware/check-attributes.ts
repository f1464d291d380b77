import * as v from "valibot";
import type { NodeKind, NodeOf } from "../graph/dataflow";
import {
  attributeNames,
  converterSchema,
  type FifoFolding,
  type FoldingOf,
  fifoSchema,
  foldingSchemas,
} from "./attributes";
import { badFolding } from "./bad-folding";
import type { Attributes } from "./folding-config";

/**
 * A node's folding: what is given, the rest FINN's defaults. Throws `bad-input` for an attribute
 * it does not have or a value that is not legal.
 */
export function checkFolding<K extends NodeKind>(node: NodeOf<K>, attributes: Attributes): FoldingOf[K] {
  const kind: NodeKind = node.kind;
  // Which schema goes with which kind is in the type of the table, not of a lookup by a variable.
  return check(foldingSchemas[kind], attributeNames(node), node.name, attributes) as FoldingOf[K];
}

/** A FIFO's settings. Throws like `checkFolding`. */
export function checkFifo(name: string, attributes: Attributes): FifoFolding {
  const { depth, impl_style, ram_style } = check(
    fifoSchema,
    Object.keys(fifoSchema.entries),
    name,
    attributes,
  );
  return { depth, impl_style, ram_style };
}

/** Throws like `checkFolding`. */
export function checkConverter(name: string, attributes: Attributes): void {
  check(converterSchema, Object.keys(converterSchema.entries), name, attributes);
}

type Schema = (typeof foldingSchemas)[NodeKind] | typeof fifoSchema | typeof converterSchema;

function check<S extends Schema>(
  schema: S,
  known: readonly string[],
  name: string,
  attributes: Attributes,
): v.InferOutput<S> {
  const stranger = Object.keys(attributes).find((attribute) => !known.includes(attribute));
  if (stranger !== undefined) {
    const has = `it has ${known.join(", ")}.`;
    throw badFolding(name, `"${stranger}" is not a folding attribute of this node; ${has}`);
  }
  const parsed = v.safeParse(schema, attributes);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const attribute = String(issue.path?.[0]?.key ?? "");
  const expected = issue.expected ?? "a whole number";
  throw badFolding(name, `${attribute} is ${JSON.stringify(attributes[attribute])}, expected ${expected}.`);
}
