import { throwIfAborted } from "../graph/errors";
import type { FoldedGraph } from "../hardware/fold-graph";
import { buildPipeline, type Pipeline } from "./build-network";
import type { Machine } from "./machine";
import type { Network } from "./network";
import type { Deadlock, FrameTimes, MachineReport, Simulation, SteadyState } from "./result";
import { steadyState } from "./steady";
import type { Stream } from "./stream";
import type { Trace, TraceWindow } from "./trace";

export interface SimulateOptions {
  /** Frames to send in, one right after the other; default: until the pipeline is steady. */
  readonly frames?: number | "until-steady";
  /** With `until-steady`: give up after so many. Default 16. */
  readonly maxFrames?: number;
  readonly trace?: TraceWindow;
  /** Depths that count in place of the folding's, by FINN's name of the FIFO; Infinity has no limit. */
  readonly depths?: ReadonlyMap<string, number>;
  readonly signal?: AbortSignal;
  /** Share of the work that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** How long to work before others get a turn and a stop is noticed. */
const TURN_MS = 30;

/**
 * Simulates frames streaming through the accelerator, beat for beat. Exact in the sense of FINN's
 * cycle formulas: a machine that never waits takes its `cyclesOf` for a frame. Pipeline depths inside
 * a node (a few cycles each) are not known to the estimates and not here.
 *
 * The work grows with the beats, not with the cycles: each machine is run as far as its streams are
 * known, and only the cycles at which beats move are computed. Throws `aborted`.
 */
export async function simulate(folded: FoldedGraph, options: SimulateOptions = {}): Promise<Simulation> {
  const { frames = "until-steady", maxFrames = 16, trace = null, depths, signal, onProgress } = options;
  const pipeline = buildPipeline(folded, { trace, ...(depths ? { depths } : {}) });
  const { network } = pipeline;
  const goal = frames === "until-steady" ? maxFrames : frames;
  let sent = 0;
  let steady: SteadyState | null = null;
  while (sent < goal) {
    // Later frames never hold up earlier ones, so frame by frame gives the same cycles as all at once.
    sent++;
    network.allow(sent);
    await run(network, signal, (share) => onProgress?.((sent - 1 + share) / goal));
    if (network.waiting().length > 0) break;
    steady ??= steadyState(network, sent);
    if (steady && frames === "until-steady") break;
  }
  onProgress?.(1);
  return report(pipeline, steady, trace);
}

/** Until nothing can move any more. Gives others a turn from time to time. */
async function run(
  network: Network,
  signal: AbortSignal | undefined,
  onProgress: (share: number) => void,
): Promise<void> {
  throwIfAborted(signal);
  const output = network.streams.at(-1);
  let turnEnds = performance.now() + TURN_MS;
  while (network.work(4096)) {
    if (performance.now() < turnEnds) continue;
    if (output) onProgress((output.taken % output.beats) / output.beats);
    await new Promise((resolve) => setTimeout(resolve));
    throwIfAborted(signal);
    turnEnds = performance.now() + TURN_MS;
  }
}

function report(
  { network, kinds }: Pipeline,
  steady: SteadyState | null,
  window: TraceWindow | null,
): Simulation {
  const { machines, streams } = network;
  const deadlock = deadlockOf(network);
  for (const machine of machines) machine.settle();
  for (const stream of streams) stream.settle();
  const cycles = Math.max(...machines.map(({ ledger }) => ledger.now));
  return {
    cycles,
    frames: frameTimes(streams),
    steady,
    deadlock: deadlock && { cycle: cycles - 1, waiting: deadlock },
    machines: machines.map((machine, i) => machineReport(machine, kinds[i] ?? "IODMA", cycles)),
    streams: streams.map((stream, edge) => ({
      name: stream.name,
      from: machines[edge]?.name ?? "",
      to: machines[edge + 1]?.name ?? "",
      isFifo: !stream.register,
      depth: stream.depth,
      beats: stream.beats,
      maxOccupancy: stream.maxOccupancy,
    })),
    trace: window && traceOf(network, window, cycles),
  };
}

function machineReport(machine: Machine, kind: MachineReport["kind"], cycles: number): MachineReport {
  const { name, inputs, outputs, ledger } = machine;
  const { busy, blocked, perFrame } = ledger;
  return {
    name,
    kind,
    beatsIn: inputs[0]?.taken ?? 0,
    beatsOut: outputs[0]?.written ?? 0,
    busy,
    blocked,
    starved: cycles - busy - blocked,
    perFrame,
  };
}

function deadlockOf(network: Network): Deadlock["waiting"] | null {
  const waiting = network.waiting().map(({ machine, need: { what, stream } }) => ({
    machine: machine.name,
    what,
    stream: stream.name,
    held: stream.written - stream.taken,
    depth: stream.depth,
  }));
  return waiting.length > 0 ? waiting : null;
}

function frameTimes(streams: readonly Stream[]): FrameTimes[] {
  const [first, last] = [streams[0], streams.at(-1)];
  return (last?.tookFrame ?? []).map((took, frame) => ({
    firstIn: first?.gaveFrame[frame]?.first ?? 0,
    lastIn: first?.gaveFrame[frame]?.last ?? 0,
    firstOut: took.first,
    lastOut: took.last,
  }));
}

function traceOf({ machines, streams }: Network, window: TraceWindow, cycles: number): Trace {
  const { from = 0, to = cycles, resolution } = window;
  const bins = Math.max(0, Math.ceil((Math.min(to, cycles) - from) / resolution));
  return {
    from,
    resolution,
    bins,
    machines: machines.map(({ ledger }) => ledger.trace(bins)),
    streams: streams.map((stream) => stream.trace(bins)),
  };
}
