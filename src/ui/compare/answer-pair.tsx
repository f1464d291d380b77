import { useAppState } from "../app-context";
import { formatInteger } from "../kit/format";
import type { KeptFrame } from "./model/comparison";
import { describePair } from "./model/describe-pair";
import { sharedClasses } from "./model/shared-classes";
import "./answer-pair.css";

/** The two lists of best classes, with a line between each class that both have. */
export function AnswerPair({ frame }: { readonly frame: KeptFrame }) {
  // Those of another model are not the labels of this frame's classes.
  const labels = useAppState(({ lastModel }) =>
    lastModel?.checksum === frame.setup.model.checksum ? lastModel.labels : null,
  );
  const { top } = frame.emulator;
  const emulated = top.map(({ index }) => index);
  const remote = frame.endpoint.top;
  const nameOf = (index: number) =>
    labels?.[index] ?? top.find((each) => each.index === index)?.label ?? `class ${index}`;
  const shared = sharedClasses(emulated, remote);
  const rows = Math.max(emulated.length, remote.length, 1);
  return (
    <div className="answer-pair">
      <h4 id="emulated-heading">Emulator, with logits</h4>
      <span />
      <h4 id="remote-heading">Endpoint, no scores</h4>
      <ol aria-labelledby="emulated-heading">
        {top.map(({ index, logit }) => (
          <li key={index} data-shared={remote.includes(index) || undefined}>
            <span className="answer-pair__label">{nameOf(index)}</span>
            <span className="answer-pair__figures">
              <span className="visually-hidden">class </span>
              {index} <span className="visually-hidden">logit </span>
              <strong>{formatInteger(logit)}</strong>
            </span>
          </li>
        ))}
      </ol>
      <svg
        className="answer-pair__lines"
        viewBox={`0 0 10 ${rows}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {shared.map(({ index, left, right }) => (
          <line
            key={index}
            x1={0}
            x2={10}
            y1={left + 0.5}
            y2={right + 0.5}
            data-same-rank={left === right || undefined}
          />
        ))}
      </svg>
      <ol aria-labelledby="remote-heading">
        {remote.map((index) => (
          <li key={index} data-shared={emulated.includes(index) || undefined}>
            <span className="answer-pair__label">{nameOf(index)}</span>
            <span className="answer-pair__figures">
              <span className="visually-hidden">class </span>
              {index}
            </span>
          </li>
        ))}
      </ol>
      <p className="visually-hidden">{describePair(emulated, remote, nameOf)}</p>
    </div>
  );
}
