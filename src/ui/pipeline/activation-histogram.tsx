import { formatInteger } from "../kit/format";
import type { TapStatistics } from "./tap-statistics";
import "./activation-histogram.css";

/** Among more bars than this, the labels would run into each other. */
const mostLabels = 16;

/** How often each value occurs. A table to screen readers, bars to the eye. */
export function ActivationHistogram({
  histogram,
}: {
  readonly histogram: NonNullable<TapStatistics["histogram"]>;
}) {
  const most = Math.max(1, ...histogram.map(({ count }) => count));
  const labelEvery = histogram.length > mostLabels ? 4 : 1;
  return (
    <table className="activation-histogram">
      <caption className="visually-hidden">How often each output value occurs</caption>
      <tbody>
        {histogram.map(({ value, count }, i) => (
          <tr key={value} title={`${formatInteger(value)}: ${formatInteger(count)} times`}>
            <th scope="row">
              <span className={i % labelEvery === 0 ? undefined : "visually-hidden"}>
                {formatInteger(value)}
              </span>
            </th>
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
