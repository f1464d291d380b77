import { formatInteger } from "../kit/format";
import type { TapStatistics } from "./tap-statistics";
import "./activation-histogram.css";

/** How often each value occurs. A table to screen readers, bars to the eye. */
export function ActivationHistogram({
  histogram,
}: {
  readonly histogram: NonNullable<TapStatistics["histogram"]>;
}) {
  const most = Math.max(1, ...histogram.map(({ count }) => count));
  return (
    <table className="activation-histogram">
      <caption className="visually-hidden">How often each output value occurs</caption>
      <tbody>
        {histogram.map(({ value, count }) => (
          <tr key={value} title={`${formatInteger(value)}: ${formatInteger(count)} times`}>
            <th scope="row">{formatInteger(value)}</th>
            <td>
              <span className="visually-hidden">{formatInteger(count)}</span>
              <span className="activation-histogram__bar" style={{ height: `${(count / most) * 100}%` }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
