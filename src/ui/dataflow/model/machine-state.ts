import type { Moment } from "./moment";
import type { PipelineMachine } from "./pipeline";

export type MachineState = "busy" | "starved" | "blocked";

/** Parts of a time, which add up to 1. */
export interface StateShares {
  readonly busy: number;
  readonly starved: number;
  readonly blocked: number;
}

/** What a machine did in the moment. */
export function sharesAt({ trace, begin, end, from, to }: Moment, { index }: PipelineMachine): StateShares {
  const { busy, blocked } = trace.machines[index]!;
  return sharesOf(busy[end]! - busy[begin]!, blocked[end]! - blocked[begin]!, to - from);
}

/** The state that took most of the time. */
export function stateOf({ busy, starved, blocked }: StateShares): MachineState {
  if (blocked > busy && blocked >= starved) return "blocked";
  return busy >= starved ? "busy" : "starved";
}

/** Beats it has put out (the output DMA: taken) before the moment. */
export function beatsBefore({ trace, at }: Moment, { index, output }: PipelineMachine): number {
  return output ? trace.streams[index]!.written[at]! : trace.streams[index - 1]!.read[at]!;
}

/** The frame, from 0, that it works on, or waits for. */
export function frameAt(moment: Moment, machine: PipelineMachine): number {
  return Math.floor(beatsBefore(moment, machine) / machine.beats);
}

/** How it spent its time from the end of its last frame up to the moment; null at the very start of one. */
export function soFar(moment: Moment, machine: PipelineMachine): StateShares | null {
  const { busy, blocked } = moment.trace.machines[machine.index]!;
  const before = machine.report.perFrame.slice(0, frameAt(moment, machine));
  const cycles = moment.atCycle - ((before.at(-1)?.done ?? -1) + 1);
  if (cycles <= 0) return null;
  const sum = (state: "busy" | "blocked") => before.reduce((total, frame) => total + frame[state], 0);
  return sharesOf(busy[moment.at]! - sum("busy"), blocked[moment.at]! - sum("blocked"), cycles);
}

function sharesOf(busy: number, blocked: number, cycles: number): StateShares {
  return {
    busy: busy / cycles,
    blocked: blocked / cycles,
    starved: Math.max(0, cycles - busy - blocked) / cycles,
  };
}
