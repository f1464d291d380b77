import { memo } from "react";
import type { NodeRow } from "../../hardware/folding-report";
import { formatInteger } from "../kit/format";
import { NodeName } from "../kit/node-name";
import { resourceKinds, resourceNames } from "../kit/resource-names";
import { nodeKinds } from "../pipeline/node-kinds";
import { AxisChoice } from "./axis-choice";

export interface NodeTableRowProps {
  readonly row: NodeRow;
  readonly isSlowest: boolean;
}

/** One node. Rows come anew with every report; one that says the same is not drawn again. */
export const NodeTableRow = memo(
  function NodeTableRow({ row, isSlowest }: NodeTableRowProps) {
    const { name, kind, cycles, resources, input, output, accumulatorBits } = row;
    const used = resourceKinds.filter((resource) => resources[resource] > 0);
    return (
      <tr data-node={name} data-slowest={isSlowest || undefined}>
        <th scope="row">
          <div className="node-table__node">
            <span className={`node-table__tone tone-${nodeKinds[kind].tone}`} />
            <div>
              <NodeName name={name} />
              {isSlowest && (
                <>
                  {" "}
                  <strong className="node-table__slowest">slowest</strong>
                </>
              )}
              <span className="node-table__brief">
                {used
                  .map((resource) => `${resourceNames[resource].name} ${formatInteger(resources[resource])}`)
                  .join(" · ")}
              </span>
            </div>
          </div>
        </th>
        <td className="node-table__axis">
          <AxisChoice row={row} axis="PE" />
        </td>
        <td className="node-table__axis">
          <AxisChoice row={row} axis="SIMD" />
        </td>
        <td>{formatInteger(cycles)}</td>
        {resourceKinds.map((resource) => (
          <td
            key={resource}
            className="node-table__resource"
            data-none={resources[resource] === 0 || undefined}
          >
            {formatInteger(resources[resource])}
          </td>
        ))}
        <td className="node-table__stream">{formatInteger(input.bits)}</td>
        <td className="node-table__stream">{formatInteger(output.bits)}</td>
        <td className="node-table__stream">
          {accumulatorBits === null ? "" : formatInteger(accumulatorBits)}
        </td>
      </tr>
    );
  },
  (before, after) =>
    before.isSlowest === after.isSlowest && JSON.stringify(before.row) === JSON.stringify(after.row),
);
