import { formatInteger } from "../../kit/format";
import { beatsBefore, type MachineState, sharesAt, stateOf } from "./machine-state";
import type { Moment } from "./moment";
import type { Pipeline, PipelineGroup } from "./pipeline";

/** A layer in a moment. */
export interface GroupMoment {
  readonly title: string;
  /** How many of its machines are in each state. */
  readonly counts: Readonly<Record<MachineState, number>>;
  /** Frames, from 1, of which its first machine has put out beats and its last not yet all. */
  readonly frames: readonly number[];
}

export function groupMoment(pipeline: Pipeline, moment: Moment, group: PipelineGroup): GroupMoment {
  const members = pipeline.machines.slice(group.first, group.last + 1);
  const counts = { busy: 0, starved: 0, blocked: 0 };
  for (const machine of members) counts[stateOf(sharesAt(moment, machine))]++;
  return { title: group.title, counts, frames: framesBetween(pipeline, moment, group.first, group.last) };
}

/** Frames, from 1, that the first machine has begun to put out and the last has not finished. */
export function framesBetween({ machines }: Pipeline, moment: Moment, first: number, last: number): number[] {
  const [head, tail] = [machines[first]!, machines[last]!];
  const entered = Math.ceil(beatsBefore(moment, head) / head.beats);
  const left = Math.floor(beatsBefore(moment, tail) / tail.beats);
  return Array.from({ length: Math.max(0, entered - left) }, (_, i) => left + i + 1);
}

/** The moment in two sentences: which frames are under way, and how many machines do what. */
export function describeMoment(pipeline: Pipeline, moment: Moment): string {
  const { machines } = pipeline;
  const under = framesBetween(pipeline, moment, 0, machines.length - 1);
  const counts = { busy: 0, starved: 0, blocked: 0 };
  for (const machine of machines) counts[stateOf(sharesAt(moment, machine))]++;
  const { from, to } = moment;
  const when =
    to - from === 1
      ? `Cycle ${formatInteger(from)}`
      : `Cycles ${formatInteger(from)} to ${formatInteger(to - 1)}`;
  return `${when}: ${describeFrames(under)}. Of ${machines.length} machines ${counts.busy} are busy, ${counts.starved} starved, ${counts.blocked} blocked.`;
}

export function describeFrames(frames: readonly number[]): string {
  const [first] = frames;
  if (first === undefined) return "no frame is under way";
  if (frames.length === 1) return `frame ${first} is under way`;
  return `frames ${frames.slice(0, -1).join(", ")} and ${frames.at(-1)} are under way`;
}

/** "2 busy, 4 starved"; states that none is in are left out. */
export function describeCounts(counts: GroupMoment["counts"]): string {
  const states = ["busy", "starved", "blocked"] as const;
  return states.flatMap((state) => (counts[state] > 0 ? `${counts[state]} ${state}` : [])).join(", ");
}
