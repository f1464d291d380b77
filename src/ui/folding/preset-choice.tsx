import { Group } from "react-aria-components/Group";
import { ToggleButton } from "react-aria-components/ToggleButton";
import { baseFps } from "../../hardware/base-folding";
import { boards } from "../../hardware/boards";
import { useAppState, useFoldingSession } from "../app-context";
import { formatInteger } from "../kit/format";
import { shownDesign } from "../state/folding-slice";
import "./preset-choice.css";

/**
 * The boards; each brings FINN's own folding for it, or one for a moderate rate where the model is not
 * FINN's. The one on screen begins anew with it.
 */
export function PresetChoice() {
  const session = useFoldingSession();
  const shown = useAppState((state) => shownDesign(state)?.board);
  const preset = useAppState(({ foldingBases }) => !shown || foldingBases.get(shown)?.preset !== false);
  return (
    <div className="preset-choice">
      <p id="preset-choice-label" className="part-heading">
        {preset ? "FINN’s folding for" : `A folding to ${formatInteger(baseFps)} fps for`}
      </p>
      <Group className="preset-choice__boards" aria-labelledby="preset-choice-label">
        {Object.values(boards).map(({ name }) => (
          <ToggleButton
            key={name}
            className="preset-choice__board"
            isSelected={name === shown}
            onChange={() => void session.takePreset(name)}
          >
            {name}
          </ToggleButton>
        ))}
      </Group>
    </div>
  );
}
