import { describeDeadlock } from "../../../simulator/describe-deadlock";
import type { Simulation, SteadyState } from "../../../simulator/result";
import { formatInteger } from "../../kit/format";
import type { Pipeline, PipelineMachine } from "./pipeline";
import { starvedBy } from "./starved-by";

/** Which machine limits the rate of frames, and why, in one sentence. `isFinal`: no longer simulation is under way. */
export function bottleneckSentence(pipeline: Pipeline, isFinal: boolean): string {
  const { steady, deadlock } = pipeline.simulation;
  if (deadlock) return describeDeadlock(deadlock);
  if (!steady) return unsteadySentence(pipeline.simulation, isFinal);
  const { bottleneck } = steady;
  const find = (name: string | null) => pipeline.machines.find((machine) => machine.name === name);
  const machine = find(bottleneck.machine);
  const busy = `is busy in every cycle: ${formatInteger(bottleneck.busyCycles)} cycles a frame`;
  switch (bottleneck.limit) {
    case "node":
      return `${bottleneck.machine} ${busy}; ${machine ? remedy(machine) : "only a faster folding there raises the rate"}.`;
    case "input":
      return `The input ${busy}; only wider beats into ${pipeline.machines[1]?.name ?? "the first node"} raise the rate.`;
    case "fifos":
      return fifosSentence(pipeline, steady);
  }
}

function remedy({ node, converter }: PipelineMachine): string {
  if (converter) return "only wider beats beside it raise the rate";
  const axes = (["PE", "SIMD"] as const).filter((axis) => (node?.legal[axis]?.length ?? 0) > 1);
  return `only ${axes.length > 0 ? `more ${axes.join(" or ")}` : "a faster folding"} there raises the rate`;
}

function fifosSentence(pipeline: Pipeline, steady: SteadyState): string {
  const { machine, busyCycles, fullStreams, heldUpBy } = steady.bottleneck;
  const { machines } = pipeline;
  const work = workOf(pipeline, machine, busyCycles, steady.interval);
  if (fullStreams.length === 0) return `${work} ${starvedWords(pipeline, steady)}`;
  const holder = machines.find(({ name }) => name === heldUpBy);
  const behind = holder ? ` while ${holder.name} ${doing(holder)}` : "";
  return `${work} at times it waits because ${listStreams(fullStreams)} full${behind}; deeper FIFOs there raise the rate.`;
}

/** Of one that nothing behind it holds up: its beats come too late at times. */
function starvedWords(pipeline: Pipeline, steady: SteadyState): string {
  const { machines } = pipeline;
  const machine = machines.find(({ name }) => name === steady.bottleneck.machine);
  const source = machine && starvedBy(pipeline, machine, steady);
  if (source) return `at times no beat comes to it in time, while ${source.name} ${preparing(source)}.`;
  const before = machine && machines[machine.index - 1];
  const uneven = before ? `: ${before.name}, before it, gives them unevenly` : "";
  return `at times no beat comes to it in time${uneven}.`;
}

/** What keeps a machine from putting out the next beat. */
function preparing({ kind }: PipelineMachine): string {
  switch (kind) {
    case "ConvolutionInputGenerator":
      return "fills its line buffer for the next windows";
    case "Pool":
      return "adds up a whole map";
    case "IODMA":
      return "reads from memory";
    default:
      return "works on the next one";
  }
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
