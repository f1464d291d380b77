import { boards } from "../../../hardware/boards";
import { useAppState } from "../../app-context";
import type { Pipeline } from "../model/pipeline";
import { describeSpeed, speedOfStep, speedSteps, stepOfSpeed } from "../model/speed";

/** Cycles a second, from one to whole frames, on a logarithmic slider. */
export function SpeedControl({ pipeline }: { readonly pipeline: Pipeline }) {
  const speed = useAppState((state) => state.speed);
  const setSpeed = useAppState((state) => state.setSpeed);
  const { design, simulation } = pipeline;
  const interval = simulation.steady?.interval ?? design.report.performance.maxCycles;
  const words = describeSpeed(speed, interval, boards[design.board].clockNs);
  return (
    <label className="transport__speed" data-not-on-paper>
      <span className="transport__speed-name">Speed</span>
      <input
        type="range"
        aria-label="Speed"
        min={0}
        max={speedSteps}
        step={1}
        value={stepOfSpeed(speed)}
        aria-valuetext={words}
        onChange={(event) => setSpeed(speedOfStep(event.target.valueAsNumber))}
      />
      <span className="transport__speed-words">{words}</span>
    </label>
  );
}
