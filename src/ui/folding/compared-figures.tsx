import { formatFps, formatInteger } from "../kit/format";
import { NodeName } from "../kit/node-name";
import { resourceKinds, resourceNames } from "../kit/resource-names";
import type { FoldedDesign, NamedDesign } from "../state/folding-slice";

export interface ComparedFiguresProps {
  readonly a: FoldedDesign;
  readonly b: NamedDesign;
}

/** Two foldings' figures side by side. */
export function ComparedFigures({ a, b }: ComparedFiguresProps) {
  const [inA, inB] = [a.report, b.design.report];
  return (
    <table className="folding__table folding__table--narrow">
      <caption className="visually-hidden">Figures of the two foldings</caption>
      <thead>
        <tr>
          <th scope="col">Figure</th>
          <th scope="col">A, on screen</th>
          <th scope="col">B, {b.name}</th>
          <th scope="col">A − B</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">Board</th>
          <td>{a.board}</td>
          <td>{b.design.board}</td>
          <td />
        </tr>
        <tr>
          <th scope="row">Rate</th>
          <td>{formatFps(inA.performance.throughputFps)}</td>
          <td>{formatFps(inB.performance.throughputFps)}</td>
          <td>
            {difference(Math.round(inA.performance.throughputFps), Math.round(inB.performance.throughputFps))}
          </td>
        </tr>
        <tr>
          <th scope="row">Slowest node</th>
          <td>
            <NodeName name={inA.performance.bottleneck} />
          </td>
          <td>
            <NodeName name={inB.performance.bottleneck} />
          </td>
          <td />
        </tr>
        <tr>
          <th scope="row">Its cycles</th>
          <td>{formatInteger(inA.performance.maxCycles)}</td>
          <td>{formatInteger(inB.performance.maxCycles)}</td>
          <td>{difference(inA.performance.maxCycles, inB.performance.maxCycles)}</td>
        </tr>
        {resourceKinds.map((kind) => (
          <tr key={kind}>
            <th scope="row">{resourceNames[kind].name}</th>
            <td>{formatInteger(inA.totals.all[kind])}</td>
            <td>{formatInteger(inB.totals.all[kind])}</td>
            <td>{difference(inA.totals.all[kind], inB.totals.all[kind])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** With its sign: "+1,204", "−3", "0". */
function difference(a: number, b: number): string {
  return a > b ? `+${formatInteger(a - b)}` : formatInteger(a - b);
}
