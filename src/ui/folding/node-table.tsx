import { useMemo } from "react";
import type { FoldingReport } from "../../hardware/folding-report";
import { formatInteger } from "../kit/format";
import { resourceKinds, resourceNames } from "../kit/resource-names";
import { groupNodes } from "../pipeline/group-nodes";
import { NodeTableRow } from "./node-table-row";
import "./node-table.css";

/** Every node with its folding to choose, and what it costs. Blocks stand together. */
export function NodeTable({ report }: { readonly report: FoldingReport }) {
  const groups = useMemo(() => groupNodes(report.nodes), [report.nodes]);
  const { layers } = report.totals;
  return (
    <section className="folding__part" aria-labelledby="node-table-heading">
      <h3 id="node-table-heading" className="part-heading">
        Nodes
      </h3>
      <table className="folding__table node-table">
        <thead>
          <tr>
            <th scope="col">Node</th>
            <th scope="col">PE</th>
            <th scope="col">SIMD</th>
            <th scope="col">Cycles</th>
            {resourceKinds.map((kind) => (
              <th key={kind} scope="col" className="node-table__resource">
                {resourceNames[kind].name}
              </th>
            ))}
            <th scope="col" className="node-table__stream">
              Bits in
            </th>
            <th scope="col" className="node-table__stream">
              Bits out
            </th>
            <th scope="col" className="node-table__stream">
              Sum bits
            </th>
          </tr>
        </thead>
        {groups.map(({ title, nodes }) => (
          <tbody key={title}>
            <tr className="node-table__group">
              <th scope="rowgroup" colSpan={4}>
                {title}
              </th>
              <td colSpan={7} />
            </tr>
            {nodes.map((row) => (
              <NodeTableRow
                key={row.name}
                row={row}
                isSlowest={row.cycles === report.performance.maxCycles}
              />
            ))}
          </tbody>
        ))}
        <tfoot>
          <tr>
            <th scope="row">All nodes</th>
            <td />
            <td />
            <td>{formatInteger(report.performance.criticalPathCycles)}</td>
            {resourceKinds.map((kind) => (
              <td key={kind} className="node-table__resource">
                {formatInteger(layers[kind])}
              </td>
            ))}
            <td className="node-table__stream" colSpan={3} />
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
