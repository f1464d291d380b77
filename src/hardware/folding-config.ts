import type { NodeKind } from "../graph/dataflow";

export type AttributeValue = number | string | readonly number[];
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** A value for all nodes of some op types (`MVAU`, `MVAU_hls`, or `all`) that have the attribute. */
export interface DefaultAttribute {
  readonly value: AttributeValue;
  readonly opTypes: readonly string[];
}

/**
 * What a folding file says, in its order: attributes by node name, FIFOs among them. What it does
 * not say has FINN's default.
 */
export interface FoldingConfig {
  readonly defaults: ReadonlyMap<string, DefaultAttribute>;
  readonly nodes: ReadonlyMap<string, Attributes>;
}

export const emptyFolding: FoldingConfig = { defaults: new Map(), nodes: new Map() };

type InstanceKind = NodeKind | "StreamingDataWidthConverter" | "StreamingFIFO";

/** FINN's name of a node: kind, implementation style, number within the two. */
export function instanceName(kind: InstanceKind, impl: "hls" | "rtl", index: number): string {
  return `${kind}_${impl}_${index}`;
}
