import type { FoldingReport, NodeRow } from "../../hardware/folding-report";

/** A node that is folded otherwise in two designs. */
export interface NodeDifference {
  readonly name: string;
  readonly a: NodeRow;
  readonly b: NodeRow;
}

export interface DesignDifferences {
  /** Of the nodes that both have, those with other attributes or cycles, in stream order. */
  readonly nodes: readonly NodeDifference[];
  /** How many nodes only one of them has: boards may have thresholds as nodes of their own. */
  readonly onlyInA: number;
  readonly onlyInB: number;
}

/** Nodes are the same by FINN's name. */
export function compareDesigns(
  a: Pick<FoldingReport, "nodes">,
  b: Pick<FoldingReport, "nodes">,
): DesignDifferences {
  const inB = new Map(b.nodes.map((row) => [row.name, row]));
  const both = a.nodes.flatMap((row) => {
    const other = inB.get(row.name);
    return other ? [{ name: row.name, a: row, b: other }] : [];
  });
  return {
    nodes: both.filter((pair) => saidOf(pair.a) !== saidOf(pair.b)),
    onlyInA: a.nodes.length - both.length,
    onlyInB: b.nodes.length - both.length,
  };
}

const saidOf = ({ folding, cycles }: NodeRow): string =>
  JSON.stringify([Object.entries(folding).sort(([a], [b]) => (a < b ? -1 : 1)), cycles]);
