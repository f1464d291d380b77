import * as v from "valibot";
import type { NodeKind, NodeOf } from "../graph/dataflow";
import { converterSchema, type FifoFolding, type FoldingOf, fifoSchema, foldingSchemas } from "./attributes";
import { badFolding } from "./bad-folding";
import type { Attributes } from "./folding-config";

/** Does this kind have an attribute of this name? */
export function hasAttribute(kind: NodeKind, attribute: string): boolean {
  return Object.hasOwn(foldingSchemas[kind].entries, attribute);
}

/**
 * A node's folding: what is given, the rest FINN's defaults. Throws `bad-input` for an attribute
 * its kind does not have or a value that is not legal.
 */
export function checkFolding<K extends NodeKind>(node: NodeOf<K>, attributes: Attributes): FoldingOf[K] {
  const kind: NodeKind = node.kind;
  // Which schema goes with which kind is in the type of the table, not of a lookup by a variable.
  return check(foldingSchemas[kind], node.name, attributes) as FoldingOf[K];
}

/** A FIFO's settings. Throws like `checkFolding`. */
export function checkFifo(name: string, attributes: Attributes): FifoFolding {
  const { depth, impl_style, ram_style } = check(fifoSchema, name, attributes);
  return { depth, impl_style, ram_style };
}

/** Throws like `checkFolding`. */
export function checkConverter(name: string, attributes: Attributes): void {
  check(converterSchema, name, attributes);
}

type Schema = (typeof foldingSchemas)[NodeKind] | typeof fifoSchema | typeof converterSchema;

function check<S extends Schema>(schema: S, name: string, attributes: Attributes): v.InferOutput<S> {
  const parsed = v.safeParse(schema, attributes);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const attribute = String(issue.path?.[0]?.key ?? "");
  const known = Object.keys(schema.entries);
  const problem = known.includes(attribute)
    ? `${attribute} is ${JSON.stringify(attributes[attribute])}, expected ${issue.expected ?? "a whole number"}.`
    : `"${attribute}" is not a folding attribute of this node; it has ${known.join(", ")}.`;
  throw badFolding(name, problem);
}
