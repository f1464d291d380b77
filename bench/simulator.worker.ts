import * as Comlink from "comlink";
import { foldGraph } from "../src/hardware/fold-graph";
import { mobilenetFoldings } from "../src/hardware/presets";
import { loadPackage } from "../src/models/load-package";
import type { Simulation } from "../src/simulator/result";
import { simulate } from "../src/simulator/simulate";

export interface SimulatorApi {
  /** Loads the network and folds it as FINN's example does for the U250. Runs once to warm up. */
  start(manifestUrl: string): Promise<void>;
  /** Frames through all machines, the trace with them. Keeps the result. */
  run(frames: number): Promise<SimulatorRun>;
}

export interface SimulatorRun {
  readonly timeMs: number;
  /** Cycles that were simulated. */
  readonly cycles: number;
  /** Beats that were put in and taken out, over all streams. */
  readonly moves: number;
  /** Bytes of the trace's typed arrays. */
  readonly traceBytes: number;
}

/** Cycles a bin: an interval is some 3500 bins, more than a screen is wide. */
const resolution = 32;

let simulateFrames: (frames: number) => Promise<Simulation>;
/** Held, so that it counts as memory in use. */
let newest: Simulation;

const api: SimulatorApi = {
  async start(manifestUrl) {
    const { graph } = (await loadPackage(manifestUrl)).modelPackage;
    const folded = foldGraph(graph, mobilenetFoldings.U250());
    simulateFrames = (frames) => simulate(folded, { frames, trace: { resolution } });
    await simulateFrames(1);
  },
  async run(frames) {
    const begin = performance.now();
    newest = await simulateFrames(frames);
    const timeMs = performance.now() - begin;
    const { cycles, streams, trace } = newest;
    const moves = streams.reduce((sum, { beats }) => sum + 2 * beats * frames, 0);
    const series = [
      ...(trace?.machines.flatMap(({ busy, blocked }) => [busy, blocked]) ?? []),
      ...(trace?.streams.flatMap(({ written, read }) => [written, read]) ?? []),
    ];
    const traceBytes = series.reduce((sum, { byteLength }) => sum + byteLength, 0);
    return { timeMs, cycles, moves, traceBytes };
  },
};

Comlink.expose(api);
