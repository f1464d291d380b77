import { memo } from "react";
import { useSetSession } from "../app-context";
import { ActionButton } from "../kit/action-button";
import type { FileRecord } from "./run/record";

export interface FileRowProps {
  readonly record: FileRecord;
  readonly label: number | undefined;
  readonly classNames: readonly string[] | null;
  /** Is the file at hand? */
  readonly canLook: boolean;
}

/** One file: what it should be, and what each side says. */
export const FileRow = memo(function FileRow({ record, label, classNames, canLook }: FileRowProps) {
  const session = useSetSession();
  const { path, status, message, emulator, endpoint } = record;
  const nameOf = (index: number) => classNames?.[index] ?? `class ${index}`;
  return (
    <li className="file-row">
      <div>
        <p className="file-row__path">{path}</p>
        <div className="file-row__answers">
          {message !== null && <p className="file-row__message">{message}</p>}
          {label !== undefined && (
            <p>
              Label <strong>{nameOf(label)}</strong>
            </p>
          )}
          {emulator && <Answer side="Emulator" top={emulator.top} label={label} nameOf={nameOf} />}
          {endpoint && <Answer side="Endpoint" top={endpoint.top} label={label} nameOf={nameOf} />}
        </div>
      </div>
      {canLook && status !== "missing" && (
        <ActionButton aria-label={`Open ${path} in Classify`} onPress={() => void session.look(path)}>
          Open
        </ActionButton>
      )}
    </li>
  );
});

interface AnswerProps {
  readonly side: string;
  readonly top: readonly number[];
  readonly label: number | undefined;
  readonly nameOf: (index: number) => string;
}

function Answer({ side, top, label, nameOf }: AnswerProps) {
  const [first] = top;
  if (first === undefined) return null;
  const isWrong = label !== undefined && first !== label;
  return (
    <p data-wrong={isWrong || undefined}>
      {side} <strong>{nameOf(first)}</strong>
      {isWrong && " (not the label)"} <span className="file-row__five">{top.join(" ")}</span>
    </p>
  );
}
