import type { InsertedRow } from "../../hardware/folding-report";
import { formatInteger } from "../kit/format";
import { NodeName } from "../kit/node-name";
import { resourceKinds, resourceNames } from "../kit/resource-names";

/** The FIFOs and width converters that FINN puts between the nodes. */
export function InsertedTable({ rows }: { readonly rows: readonly InsertedRow[] }) {
  const fifos = rows.filter(({ kind }) => kind === "StreamingFIFO").length;
  return (
    <details className="folding__details folding__part">
      <summary>
        {fifos} FIFOs and {rows.length - fifos} width converters between them
      </summary>
      <table className="folding__table folding__table--narrow">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Bits a beat</th>
            <th scope="col">Depth</th>
            {resourceKinds
              .filter((kind) => kind !== "dsp")
              .map((kind) => (
                <th key={kind} scope="col">
                  {resourceNames[kind].name}
                </th>
              ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">
                <NodeName name={row.name} />
              </th>
              <td>
                {row.kind === "StreamingFIFO" ? row.beat.bits : `${row.input.bits} to ${row.output.bits}`}
              </td>
              <td>{row.kind === "StreamingFIFO" ? formatInteger(row.folding.depth) : ""}</td>
              <td>{formatInteger(row.resources.lut)}</td>
              <td>{formatInteger(row.resources.bram18)}</td>
              <td>{formatInteger(row.resources.uram)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
