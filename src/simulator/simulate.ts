import type { FoldedGraph } from "../hardware/fold-graph";
import { buildPipeline, type Pipeline } from "./build-network";
import { deadlockOf } from "./deadlock";
import type { Machine } from "./machine";
import type { Network } from "./network";
import type { FrameTimes, MachineReport, Simulation, SteadyState } from "./result";
import { checkOptions, type SimulateOptions } from "./simulate-options";
import { steadyState } from "./steady";
import type { Stream } from "./stream";
import type { Trace, TraceWindow } from "./trace";
import { refuseLargeTrace, refuseLateTrace } from "./trace-size";
import { Turns } from "./turns";

export type { SimulateOptions } from "./simulate-options";

/**
 * Simulates frames streaming through the accelerator, beat for beat. Exact in the sense of FINN's
 * cycle formulas: a machine that never waits takes its `cyclesOf` for a frame, or more where these
 * leave no time for all beats. Pipeline depths inside a node (a few cycles each) are not known to the
 * estimates and not here.
 *
 * The work grows with the beats, not with the cycles: each machine is run as far as its streams are
 * known, and only the cycles at which beats move are computed.
 *
 * Throws `aborted`, and `bad-input` for options that mean nothing, and for a trace that is too large
 * or begins after the end.
 */
export async function simulate(folded: FoldedGraph, options: SimulateOptions = {}): Promise<Simulation> {
  const { frames = "until-steady", maxFrames = 16, trace = null, depths, signal, onProgress } = options;
  checkOptions(options);
  const pipeline = buildPipeline(folded, { trace, ...(depths ? { depths } : {}) });
  const { network } = pipeline;
  const goal = frames === "until-steady" ? maxFrames : frames;
  const turns = new Turns(signal);
  let sent = 0;
  let steady: SteadyState | null = null;
  while (sent < goal) {
    // Later frames never hold up earlier ones, so frame by frame gives the same cycles as all at once.
    sent++;
    network.allow(sent);
    await turns.next();
    while (network.work(stepsAtOnce)) {
      if (trace) refuseLargeTrace(network, trace);
      if (await turns.next()) onProgress?.(beatsMoved(network) / goal);
    }
    if (network.waiting().length > 0) break;
    steady ??= steadyState(network, sent);
    if (steady && frames === "until-steady") break;
  }
  onProgress?.(1);
  return report(pipeline, steady, trace);
}

/** How many machines to let work, one after the other, before looking up. */
const stepsAtOnce = 4096;

/** In frames: of all the beats that one frame is. */
function beatsMoved({ streams }: Network): number {
  const moved = streams.reduce((sum, { taken }) => sum + taken, 0);
  return moved / streams.reduce((sum, { beats }) => sum + beats, 0);
}

function report(
  { network, kinds }: Pipeline,
  steady: SteadyState | null,
  window: TraceWindow | null,
): Simulation {
  network.settle();
  const { machines, streams, cycles } = network;
  if (window) {
    refuseLargeTrace(network, window);
    refuseLateTrace(window, cycles);
  }
  return {
    cycles,
    frames: frameTimes(streams),
    steady,
    deadlock: deadlockOf(network),
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
