import { describeDeadlock } from "../../../simulator/describe-deadlock";
import type { Bottleneck, Simulation } from "../../../simulator/result";
import { formatInteger } from "../../kit/format";
import type { Pipeline, PipelineMachine } from "./pipeline";

/** Which machine limits the rate of frames, and why, in one sentence. `isFinal`: no longer simulation is under way. */
export function bottleneckSentence(pipeline: Pipeline, isFinal: boolean): string {
  const { steady, deadlock } = pipeline.simulation;
  if (deadlock) return describeDeadlock(deadlock);
  if (!steady) return unsteadySentence(pipeline.simulation, isFinal);
  const { bottleneck, interval } = steady;
  const find = (name: string | null) => pipeline.machines.find((machine) => machine.name === name);
  const machine = find(bottleneck.machine);
  const busy = `is busy in every cycle: ${formatInteger(bottleneck.busyCycles)} cycles a frame`;
  switch (bottleneck.limit) {
    case "node":
      return `${bottleneck.machine} ${busy}; ${machine ? remedy(machine) : "only a faster folding there raises the rate"}.`;
    case "input":
      return `The input ${busy}; only wider beats into ${pipeline.machines[1]?.name ?? "the first node"} raise the rate.`;
    case "fifos":
      return fifosSentence(pipeline, bottleneck, interval);
  }
}

function remedy({ node, converter }: PipelineMachine): string {
  if (converter) return "only wider beats beside it raise the rate";
  const axes = (["PE", "SIMD"] as const).filter((axis) => (node?.legal[axis]?.length ?? 0) > 1);
  return `only ${axes.length > 0 ? `more ${axes.join(" or ")}` : "a faster folding"} there raises the rate`;
}

function fifosSentence(
  pipeline: Pipeline,
  { machine, busyCycles, fullStreams, heldUpBy }: Bottleneck,
  interval: number,
): string {
  const { machines } = pipeline;
  const work = workOf(pipeline, machine, busyCycles, interval);
  if (fullStreams.length === 0) return `${work} at times no beat comes to it in time.`;
  const holder = machines.find(({ name }) => name === heldUpBy);
  const behind = holder ? ` while ${holder.name} ${doing(holder)}` : "";
  return `${work} at times it waits because ${listStreams(fullStreams)} full${behind}; deeper FIFOs there raise the rate.`;
}

/** The machine that keeps the pace of the results need not be the slowest by its work: others wait for it. */
function workOf({ machines }: Pipeline, machine: string, busyCycles: number, interval: number): string {
  const slowest = machines.reduce((most, next) => (workIn(next) > workIn(most) ? next : most));
  const every = formatInteger(interval);
  const own = `${formatInteger(busyCycles)} cycles a frame`;
  if (workIn(slowest) <= busyCycles) {
    return `${machine} has most to do, ${own}, but results come only every ${every}:`;
  }
  return `By its work alone ${slowest.name} would set the pace, ${formatInteger(workIn(slowest))} cycles a frame. But results come only every ${every}, because of ${machine}: with ${own} it has less to do, but`;
}

function workIn({ node }: PipelineMachine): number {
  return node?.cycles ?? 0;
}

/** What keeps a machine from taking the next beat. */
function doing({ kind }: PipelineMachine): string {
  switch (kind) {
    case "FMPadding":
      return "puts its border of zeros in";
    case "ConvolutionInputGenerator":
      return "puts out its windows";
    case "StreamingDataWidthConverter":
      return "cuts its beats";
    default:
      return "computes";
  }
}

function listStreams(names: readonly string[]): string {
  const [first = "", second = ""] = names;
  if (names.length === 1) return `${first} is`;
  if (names.length === 2) return `${first} and ${ending(second, first)} are`;
  return `the ${names.length} streams from ${first} to ${ending(names.at(-1) ?? "", first)} are`;
}

/** Of two names of FIFOs, the second by its number alone: "_73". */
function ending(name: string, first: string): string {
  const stem = first.replace(/\d+$/, "");
  return name.startsWith(stem) && /_$/.test(stem) ? `_${name.slice(stem.length)}` : name;
}

function unsteadySentence({ frames }: Simulation, isFinal: boolean): string {
  const [before, last] = frames.slice(-2);
  const apart =
    before && last
      ? ` The last two results are ${formatInteger(last.lastOut - before.lastOut)} cycles apart.`
      : "";
  return isFinal
    ? `After ${frames.length} frames the pipeline does not repeat itself yet.${apart}`
    : `More frames are being simulated, until they repeat; then the bottleneck is known.${apart}`;
}
