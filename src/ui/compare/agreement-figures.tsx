import { formatInteger, formatShare } from "../kit/format";
import type { Comparison } from "./model/comparison";
import { senses } from "./model/describe-agreement";

/** In how many of the frames the two agree, in each sense. */
export function AgreementFigures({ counts }: Pick<Comparison, "counts">) {
  return (
    <dl className="session-part__list" aria-label="Agreement over all frames">
      {senses.map(({ key, name }) => (
        <div key={key}>
          <dt>{name}</dt>
          <dd>
            <strong>{counts.compared > 0 ? formatShare(counts[key] / counts.compared) : "–"}</strong>{" "}
            {formatInteger(counts[key])} of {formatInteger(counts.compared)}
          </dd>
        </div>
      ))}
      <div>
        <dt>Not answered by the endpoint</dt>
        <dd>
          <strong>{formatInteger(counts.unanswered)}</strong>
        </dd>
      </div>
    </dl>
  );
}
