import { useState } from "react";
import type { FoldingAxis } from "../../hardware/couplings";
import type { NodeRow } from "../../hardware/folding-report";
import { useFoldingSession } from "../app-context";
import "./axis-choice.css";

export interface AxisChoiceProps {
  readonly row: NodeRow;
  readonly axis: FoldingAxis;
}

/** The legal values of a node's PE or SIMD. A kind that has no such axis has an empty cell. */
export function AxisChoice({ row, axis }: AxisChoiceProps) {
  const session = useFoldingSession();
  // Shown until the hardware model has taken it or refused it.
  const [chosen, setChosen] = useState<number | null>(null);
  const values = row.legal[axis];
  const value = axisOf(row, axis);
  if (!values || value === null) return null;
  return (
    <select
      className="axis-choice"
      aria-label={`${axis} of ${row.name}`}
      value={chosen ?? value}
      onChange={(event) => {
        const next = Number(event.target.value);
        setChosen(next);
        void session.edit({ node: row.name, axis, value: next }).then(() => setChosen(null));
      }}
    >
      {values.map((legal) => (
        <option key={legal} value={legal}>
          {legal}
        </option>
      ))}
    </select>
  );
}

/** A node's PE or SIMD; null if its kind has none. */
export function axisOf({ folding }: Pick<NodeRow, "folding">, axis: FoldingAxis): number | null {
  if (axis === "PE") return "PE" in folding ? folding.PE : null;
  return "SIMD" in folding ? folding.SIMD : null;
}
