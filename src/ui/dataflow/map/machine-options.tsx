import { memo } from "react";
import { useAppState } from "../../app-context";
import { formatInteger } from "../../kit/format";
import { frameAt, sharesAt, stateOf } from "../model/machine-state";
import { type Moment, momentOf } from "../model/moment";
import type { Pipeline, PipelineMachine } from "../model/pipeline";
import { fillAt } from "../model/stream-fill";
import { useCycle } from "../use-cycle";

export const optionId = ({ index }: PipelineMachine): string => `machine-${index}`;

export interface MachineOptionsProps {
  readonly pipeline: Pipeline;
  readonly chosen: PipelineMachine;
}

/** The map in words: every machine with its state at the cycle shown and the stream it puts out into. */
export const MachineOptions = memo(function MachineOptions({ pipeline, chosen }: MachineOptionsProps) {
  const cycle = useCycle(1000);
  const streaming = useAppState((state) => state.streaming);
  const fine = useAppState((state) => state.fineTrace);
  const isShown = streaming?.simulation === pipeline.simulation;
  const moment = streaming && isShown ? momentOf(streaming, fine, cycle) : null;
  return pipeline.machines.map((machine) => {
    const state = moment && stateOf(sharesAt(moment, machine));
    const held = moment && machine.output && fillAt(moment, machine.index, machine.output.beats).held;
    return (
      // The list moves the choice: keys and pointer are the map's.
      // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names the active option
      <div
        key={machine.name}
        id={optionId(machine)}
        className="visually-hidden"
        role="option"
        aria-selected={machine === chosen}
        data-machine={machine.name}
        data-state={state ?? undefined}
        data-frame={moment ? frameAt(moment, machine) + 1 : undefined}
        data-held={held ?? undefined}
      >
        {moment ? describeMachine(moment, pipeline, machine) : machine.name}
      </div>
    );
  });
});

/** "MVAU_hls_3, dws 3: busy, frame 2. 12 of 1,024 beats wait behind it." */
function describeMachine(moment: Moment, { groups }: Pipeline, machine: PipelineMachine): string {
  const { name, output, group } = machine;
  const state = stateOf(sharesAt(moment, machine));
  const where = `${name}, ${groups[group]?.title ?? ""}: ${state}, frame ${frameAt(moment, machine) + 1}.`;
  if (!output) return where;
  const { held } = fillAt(moment, machine.index, output.beats);
  return `${where} ${formatInteger(held)} of ${formatInteger(output.depth)} beats stand behind it.`;
}
