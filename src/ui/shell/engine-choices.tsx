import { Label } from "react-aria-components/Label";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { useAppState } from "../app-context";
import { engineNames } from "../kit/engine-names";
import { engineChoices } from "../state/settings-slice";
import "./engine-choices.css";

export function EngineChoices() {
  const engine = useAppState((state) => state.engine);
  const setEngine = useAppState((state) => state.setEngine);
  return (
    <RadioGroup
      className="engine-choices"
      value={engine}
      onChange={(value) => {
        const chosen = engineChoices.find((choice) => choice === value);
        if (chosen) setEngine(chosen);
      }}
    >
      <Label className="visually-hidden">Compute with</Label>
      {engineChoices.map((choice) => (
        <Radio key={choice} value={choice} className="engine-choices__choice">
          <span className="engine-choices__name">{engineNames[choice].name}</span>
          <span className="engine-choices__meaning">{engineNames[choice].meaning}</span>
        </Radio>
      ))}
    </RadioGroup>
  );
}
