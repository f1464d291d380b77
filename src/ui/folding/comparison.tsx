import { baseFps } from "../../hardware/base-folding";
import { boards } from "../../hardware/boards";
import { useAppState, useFoldingSession } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { formatInteger } from "../kit/format";
import type { FoldedDesign } from "../state/folding-slice";
import "./button-row.css";
import { ComparedFigures } from "./compared-figures";
import { ComparedNodes } from "./compared-nodes";

/** The folding on screen (A) beside another one (B). */
export function Comparison({ design }: { readonly design: FoldedDesign }) {
  const session = useFoldingSession();
  const preset = useAppState(({ foldingBases }) => foldingBases.get(design.board)?.preset !== false);
  const other = useAppState((state) => state.otherFolding);
  const compare = useAppState((state) => state.compareFolding);
  return (
    <section className="folding__part" aria-labelledby="comparison-heading">
      <h3 id="comparison-heading" className="part-heading">
        Compare
      </h3>
      <div className="button-row">
        <ActionButton onPress={() => compare({ name: "The folding kept", design })}>
          Keep this folding
        </ActionButton>
        {Object.values(boards).map(({ name }) => (
          <ActionButton key={name} onPress={() => void session.compareWithPreset(name)}>
            {preset ? `FINN’s for ${name}` : `${formatInteger(baseFps)} fps on ${name}`}
          </ActionButton>
        ))}
        {other && (
          <>
            <ActionButton onPress={() => void session.swap()}>Swap A and B</ActionButton>
            <ActionButton onPress={() => compare(null)}>Stop comparing</ActionButton>
          </>
        )}
      </div>
      {other && (
        <>
          <ComparedFigures a={design} b={other} />
          <ComparedNodes a={design} b={other.design} />
        </>
      )}
    </section>
  );
}
