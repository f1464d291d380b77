import { useMemo } from "react";
import type { NodeRow } from "../../hardware/folding-report";
import { formatInteger } from "../kit/format";
import { NodeName } from "../kit/node-name";
import type { FoldedDesign } from "../state/folding-slice";
import { axisOf } from "./axis-choice";
import { compareDesigns } from "./compare-designs";

/** The nodes that two foldings fold otherwise. */
export function ComparedNodes({ a, b }: { readonly a: FoldedDesign; readonly b: FoldedDesign }) {
  const { nodes, onlyInA, onlyInB } = useMemo(() => compareDesigns(a.report, b.report), [a, b]);
  const count = `${nodes.length} ${nodes.length === 1 ? "node is" : "nodes are"} folded differently`;
  return (
    <>
      {onlyInA + onlyInB > 0 && (
        <p>
          {onlyInA} nodes are only in A and {onlyInB} only in B.
        </p>
      )}
      {nodes.length === 0 ? (
        <p>All nodes that both have are folded alike.</p>
      ) : (
        <details className="folding__details" open={nodes.length <= 8}>
          <summary>{count}</summary>
          <table className="folding__table folding__table--narrow">
            <caption className="visually-hidden">Nodes that are folded differently</caption>
            <thead>
              <tr>
                <th scope="col">Node</th>
                <th scope="col">A</th>
                <th scope="col">B</th>
                <th scope="col">Cycles A</th>
                <th scope="col">Cycles B</th>
              </tr>
            </thead>
            <tbody>
              {nodes.map(({ name, a: inA, b: inB }) => (
                <tr key={name}>
                  <th scope="row">
                    <NodeName name={name} />
                  </th>
                  <td>{foldingOf(inA)}</td>
                  <td>{foldingOf(inB)}</td>
                  <td>{formatInteger(inA.cycles)}</td>
                  <td>{formatInteger(inB.cycles)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </>
  );
}

/** "PE 16, SIMD 4", which breaks at the comma only. */
function foldingOf(row: NodeRow): string {
  return (["PE", "SIMD"] as const)
    .map((axis) => [axis, axisOf(row, axis)] as const)
    .filter(([, value]) => value !== null)
    .map((pair) => pair.join("\u00a0"))
    .join(", ");
}
