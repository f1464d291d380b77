import type { Bottleneck, Simulation, StreamReport } from "../../src/simulator/result";
import { grouped, rate } from "../output";
import { firstResultCycles } from "./simulated-performance";

const fifosShown = 5;
/** FINN's, of a FIFO that nobody asked to be deeper. */
const defaultDepth = 2;

/** What is known of a build before it is simulated. */
export interface SimulatedBuild {
  readonly clockNs: number;
  /** Of all nodes one after another. */
  readonly criticalPathCycles: number;
  /** Are the FIFOs as deep as is needed already? */
  readonly sizedFifos: boolean;
}

/** The part of the summary that a simulation adds to the estimate. */
export function simulationLines(
  simulation: Simulation,
  { clockNs, criticalPathCycles, sizedFifos }: SimulatedBuild,
): string[] {
  const { frames, steady, streams } = simulation;
  const first = firstResultCycles(simulation);
  const lines = [`Simulated, ${grouped(frames.length)} ${frames.length === 1 ? "frame" : "frames"}`];
  const add = (label: string, text: string) => lines.push(`  ${label.padEnd(14)}${text}`);
  if (first !== null) {
    add("first result", `after ${grouped(first)} cycles, ${milliseconds(first, clockNs)}`);
    const times = (criticalPathCycles / first).toFixed(1);
    add(
      "",
      `all nodes one after another: ${milliseconds(criticalPathCycles, clockNs)}, ${times} times as long`,
    );
  }
  if (steady) {
    add("interval", `${grouped(steady.interval)} cycles, ${rate(1e9 / (clockNs * steady.interval))}`);
    add("", bottleneckSentence(steady.bottleneck, streams, sizedFifos));
  } else if (simulation.deadlock === null) {
    add("interval", "not steady yet: simulate more frames");
  }
  const [deepest, ...more] = deepestFifos(streams);
  add("deepest FIFOs", deepest ? fifoText(deepest) : `none held more than ${defaultDepth} beats`);
  for (const fifo of more) add("", fifoText(fifo));
  return lines;
}

/** `3.141 ms`. */
export function milliseconds(cycles: number, clockNs: number): string {
  return `${((cycles * clockNs) / 1e6).toFixed(3)} ms`;
}

/** Says what limits the rate of frames, and what would help. */
export function bottleneckSentence(
  { machine, limit, fullStreams, heldUpBy }: Bottleneck,
  streams: readonly Pick<StreamReport, "name" | "isFifo">[],
  sizedFifos: boolean,
): string {
  switch (limit) {
    case "node":
      return `${machine} is busy in every cycle: only a faster folding of it helps`;
    case "input":
      return `${machine} is busy in every cycle: the frames come in no faster`;
    case "fifos": {
      const [first, ...others] = fullStreams;
      if (first === undefined) return `${machine} sets the pace: at times no beat comes to it`;
      const full = others.length > 0 ? `${first} and ${others.length} more fill up` : `${first} fills up`;
      return `${machine} sets the pace, for it waits: ${full} before ${heldUpBy}${remedy(fullStreams, streams, sizedFifos)}`;
    }
  }
}

/** FIFOs can be made deeper, unless they are deep enough already; a bare connection can become one. */
function remedy(
  full: readonly string[],
  streams: readonly Pick<StreamReport, "name" | "isFifo">[],
  sizedFifos: boolean,
): string {
  const bare = full.filter((name) => streams.some((stream) => stream.name === name && !stream.isFifo));
  if (bare.length < full.length && !sizedFifos) return ". Deeper FIFOs help (--size-fifos)";
  return bare.length > 0 ? `. A FIFO at ${bare[0]} helps` : "";
}

/** Those that ever held the most beats, the fullest first. */
function deepestFifos(streams: readonly StreamReport[]): StreamReport[] {
  return streams
    .filter(({ isFifo, maxOccupancy }) => isFifo && maxOccupancy > defaultDepth)
    .toSorted((a, b) => b.maxOccupancy - a.maxOccupancy)
    .slice(0, fifosShown);
}

function fifoText({ name, maxOccupancy, depth }: StreamReport): string {
  const full = maxOccupancy >= depth ? ", full" : "";
  return `${name} held ${grouped(maxOccupancy)} of ${grouped(depth)} beats${full}`;
}
