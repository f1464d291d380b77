import { progressOf } from "../model/nth-beat";
import type { PipelineMachine } from "../model/pipeline";
import { type Seeker, seekNext } from "./seek";

export interface Step {
  readonly machine: PipelineMachine;
  readonly direction: 1 | -1;
  readonly unit: "beat" | "row";
}

/**
 * Shows the cycle in which the machine's next, or last, beat moves, or the last beat of its next
 * row; the end, or the start, where there is none.
 */
export async function step(seeker: Seeker, { machine, direction, unit }: Step): Promise<void> {
  const beats = unit === "row" ? (machine.rowBeats ?? 1) : 1;
  const found = await seekNext(seeker, (trace) => progressOf(trace, machine), direction, beats);
  if (found !== "never") return;
  const { streaming, setCycle } = seeker.store.getState();
  setCycle(direction === 1 ? (streaming?.simulation.cycles ?? 0) : 0);
}
