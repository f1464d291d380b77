import { useId, useState } from "react";
import { mapShape } from "../../graph/dataflow";
import { useAppState } from "../app-context";
import type { Found } from "../dataflow/transport/seek";
import { ActionButton } from "../kit/action-button";
import { outputCut } from "./model/beats";
import type { Counter } from "./model/counter";
import type { Lens, Stage } from "./model/lens";
import { useSeek } from "./use-seek";
import type { SingleCycle } from "./use-single-cycle";
import "./stepper.css";

const units: readonly (readonly [Counter, string])[] = [
  ["work", "cycle of work"],
  ["taken", "beat in"],
  ["given", "beat out"],
];

interface StepperProps {
  readonly lens: Lens;
  readonly stage: Stage;
  readonly at: SingleCycle | null;
}

/** Steps by what one stage does, and the way to a pixel of its output. */
export function Stepper({ lens, stage, at }: StepperProps) {
  const selectNode = useAppState((state) => state.selectNode);
  const setPlaying = useAppState((state) => state.setPlaying);
  const [unit, setUnit] = useState<Counter>("work");
  const [message, setMessage] = useState("");
  const seek = useSeek();
  const { index } = stage.machine;
  const go = (search: () => Promise<Found>, otherwise: string) => {
    setPlaying(false);
    setMessage("");
    void search().then((found) => setMessage(found === "never" ? otherwise : ""));
  };
  const step = (direction: 1 | -1) =>
    go(
      () => seek.step(index, unit, direction),
      direction === 1
        ? "It does nothing more in the frames that were simulated."
        : "Before this it did nothing.",
    );
  return (
    <section className="stepper" aria-label="Step">
      <label className="stepper__field">
        <span>Stage</span>
        <select value={stage.machine.name} onChange={({ target }) => selectNode(target.value)}>
          {lens.stages.map(({ machine }) => (
            <option key={machine.name} value={machine.name}>
              {machine.label}: {machine.name}
            </option>
          ))}
        </select>
      </label>
      <label className="stepper__field">
        <span>Step by its</span>
        <select value={unit} onChange={({ target }) => setUnit(target.value as Counter)}>
          {units.map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <div className="stepper__buttons">
        <ActionButton onPress={() => step(-1)}>Step back</ActionButton>
        <ActionButton onPress={() => step(1)}>Step on</ActionButton>
      </div>
      {stage.kind === "node" && mapShape(stage.folded.node.output).height > 1 && (
        <PixelChoice
          stage={stage}
          at={at}
          onGo={(n) => go(() => seek.toCount(index, "given", n), "Not in these frames.")}
        />
      )}
      <p role="status" className="stepper__message">
        {message}
      </p>
    </section>
  );
}

interface PixelChoiceProps {
  readonly stage: Stage;
  readonly at: SingleCycle | null;
  onGo(beat: number): void;
}

/** Goes to the cycle in which a pixel's first beat leaves the stage, in the frame on screen. */
function PixelChoice({ stage, at, onGo }: PixelChoiceProps) {
  const { height, width } = mapShape(stage.folded.node.output);
  const [text, setText] = useState<readonly [string, string]>([String(height >> 1), String(width >> 1)]);
  const row = useId();
  const cell = (value: string, size: number) =>
    Math.max(0, Math.min(size - 1, Math.floor(Number(value)) || 0));
  return (
    <form
      className="stepper__pixel"
      onSubmit={(event) => {
        event.preventDefault();
        const { beats } = outputCut(stage.folded);
        const given = at?.trace.streams[stage.machine.index]?.written[at.cycle - at.trace.from] ?? 0;
        const frame = Math.floor(given / beats);
        const pixel = cell(text[0], height) * width + cell(text[1], width);
        onGo(frame * beats + (pixel * beats) / (height * width) + 1);
      }}
    >
      <label htmlFor={`${row}-row`}>Row</label>
      <input
        id={`${row}-row`}
        inputMode="numeric"
        value={text[0]}
        onChange={({ target }) => setText([target.value, text[1]])}
      />
      <label htmlFor={`${row}-column`}>Column</label>
      <input
        id={`${row}-column`}
        inputMode="numeric"
        value={text[1]}
        onChange={({ target }) => setText([text[0], target.value])}
      />
      <ActionButton type="submit">Go to the pixel</ActionButton>
    </form>
  );
}
