import { ActionButton } from "../../kit/action-button";
import type { Pipeline, PipelineMachine } from "../model/pipeline";
import { useChosenMachine } from "../use-pipeline";
import { CycleReadout } from "./cycle-readout";
import { Icon } from "./icon";
import { Scrubber } from "./scrubber";
import { SpeedControl } from "./speed-control";
import { type TransportAction, useTransport } from "./use-transport";
import "./transport.css";

interface TransportProps {
  readonly pipeline: Pipeline;
  /** Whose beats the steps go by, where it is not the chosen machine. */
  readonly machine?: PipelineMachine | undefined;
}

/** Play, steps, jumps, speed, and the cycles as a slider. */
export function Transport({ pipeline, machine: own }: TransportProps) {
  const { playing, act } = useTransport(pipeline, own);
  const chosen = useChosenMachine(pipeline);
  const machine = own ?? chosen;
  const { steady } = pipeline.simulation;
  const button = (action: TransportAction, name: string, icon: React.ComponentProps<typeof Icon>["name"]) => (
    <ActionButton aria-label={name} onPress={() => act(action)}>
      <Icon name={icon} />
    </ActionButton>
  );
  const hasRows = machine.rowBeats !== null;
  return (
    <section className="transport" aria-label="Time">
      <div className="transport__row">
        <fieldset className="transport__group">
          <legend className="visually-hidden">Play and step by {machine.name}</legend>
          {hasRows && button("row-back", "Back a row", "row-back")}
          {button("beat-back", "Back a beat", "beat-back")}
          <ActionButton primary onPress={() => act("play")}>
            <Icon name={playing ? "pause" : "play"} />
            {playing ? "Pause" : "Play"}
          </ActionButton>
          {button("beat-on", "On a beat", "beat-on")}
          {hasRows && button("row-on", "On a row", "row-on")}
        </fieldset>
        <CycleReadout pipeline={pipeline} />
        <fieldset className="transport__group">
          <legend className="visually-hidden">Jump</legend>
          <ActionButton onPress={() => act("first-in")}>First pixel in</ActionButton>
          <ActionButton onPress={() => act("first-out")}>First result out</ActionButton>
          <ActionButton isDisabled={!steady} onPress={() => act("steady")}>
            Steady
          </ActionButton>
        </fieldset>
        <SpeedControl pipeline={pipeline} />
      </div>
      <Scrubber pipeline={pipeline} />
    </section>
  );
}
