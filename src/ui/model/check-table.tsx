import type { CheckReport } from "../../workers/compiler-api";
import { formatInteger } from "../kit/format";
import { NodeName } from "../kit/node-name";
import { valuePlace } from "./model/value-place";
import "./check-table.css";

/** The comparison, a layer a row, in stream order. */
export function CheckTable({ layers }: Pick<CheckReport, "layers">) {
  return (
    <table className="check-table">
      <caption className="visually-hidden">Layers compared with ONNX Runtime</caption>
      <thead>
        <tr>
          <th scope="col">Node</th>
          <th scope="col">Values</th>
          <th scope="col">Differ</th>
        </tr>
      </thead>
      <tbody>
        {layers.map(({ node, shape, values, differing, first }) => (
          <tr key={node} data-differs={differing > 0 || undefined}>
            <th scope="row">
              <NodeName name={node} />
            </th>
            <td>{formatInteger(values)}</td>
            <td>
              {formatInteger(differing)}
              {first && (
                <span className="check-table__first">
                  first at {valuePlace(first.index, shape)}: {formatInteger(first.first)} here,{" "}
                  {formatInteger(first.second)} in ONNX Runtime
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
