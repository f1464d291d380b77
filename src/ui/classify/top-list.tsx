import type { Classification } from "../../workers/emulator-api";
import { formatInteger } from "../kit/format";
import { barScale } from "./bar-scale";
import "./top-list.css";

export interface TopListProps {
  readonly top: Classification["top"];
  /** Do the rows stay where they are while classes come and go in them? Else a class keeps its row. */
  readonly fixedRows?: boolean;
}

/** The best classes, each with its number, its logit and a bar from zero to it. */
export function TopList({ top, fixedRows = false }: TopListProps) {
  const bar = barScale(top.map(({ logit }) => logit));
  return (
    <div className="top-list">
      <p className="top-list__columns" aria-hidden="true">
        <span>class</span>
        <span>logit</span>
      </p>
      <ol>
        {top.map(({ index, logit, label }, row) => {
          const { from, to } = bar(logit);
          return (
            <li key={fixedRows ? row : index} className="top-list__class">
              <span className="top-list__label">{label ?? `class ${index}`}</span>
              <span className="top-list__index">
                <span className="visually-hidden">class </span>
                {index}
              </span>
              <span className="top-list__logit">
                <span className="visually-hidden">logit </span>
                {formatInteger(logit)}
              </span>
              <span className="top-list__track">
                <span
                  className="top-list__bar"
                  style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }}
                />
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
