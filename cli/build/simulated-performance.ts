import type { Simulation } from "../../src/simulator/result";

/**
 * The content of `report/simulated_performance.json`, with snake_case keys like the reports of FINN
 * beside it. Cycles count from 0, when the input DMA may give its first beat.
 */
export interface SimulatedPerformance {
  readonly clock_ns: number;
  /** Until the last beat that was simulated had left. */
  readonly cycles: number;
  /** Until the last beat of the first result is there; null if it came to a deadlock before. */
  readonly first_result_cycles: number | null;
  readonly first_result_ns: number | null;
  /** Null if the frames were too few for the pipeline to repeat itself, or it came to a deadlock. */
  readonly steady: {
    readonly interval_cycles: number;
    readonly throughput_fps: number;
    /** The first frame, from 0, that was wholly one interval after the one before. */
    readonly from_frame: number;
    readonly bottleneck: {
      /** A node, or the DMA `idma0`. */
      readonly name: string;
      readonly busy_cycles: number;
      readonly limit: "node" | "input" | "fifos";
      /**
       * With limit `fifos`: those that were full, and the node behind them that did not take beats. A
       * connection without FIFO is full too while its one register is; it is called `from -> to`, and
       * has no entry under `fifos`.
       */
      readonly full_fifos: readonly string[];
      readonly held_up_by: string | null;
    };
  } | null;
  readonly deadlock: {
    readonly cycle: number;
    readonly waiting: readonly {
      readonly name: string;
      readonly for: "beat" | "room";
      readonly fifo: string;
      readonly held: number;
      readonly depth: number;
    }[];
  } | null;
  /** One entry a frame: the cycles in which its first and last beat went in and came out. */
  readonly frames: readonly {
    readonly first_in: number;
    readonly last_in: number;
    readonly first_out: number;
    readonly last_out: number;
  }[];
  /** Nodes, width converters and DMAs by name: beats moved and cycles spent, over the whole simulation. */
  readonly nodes: Readonly<
    Record<
      string,
      {
        readonly beats_in: number;
        readonly beats_out: number;
        readonly busy: number;
        readonly starved: number;
        readonly blocked: number;
      }
    >
  >;
  /** By name: depth, beats a frame, and the most beats it ever held. */
  readonly fifos: Readonly<
    Record<string, { readonly depth: number; readonly beats: number; readonly max_occupancy: number }>
  >;
}

/** What a simulation says at this clock period in ns. */
export function simulatedPerformance(simulation: Simulation, clockNs: number): SimulatedPerformance {
  const { cycles, frames, steady, deadlock, machines, streams } = simulation;
  const first = firstResultCycles(simulation);
  return {
    clock_ns: clockNs,
    cycles,
    first_result_cycles: first,
    first_result_ns: first === null ? null : first * clockNs,
    steady: steady && {
      interval_cycles: steady.interval,
      throughput_fps: 1e9 / (clockNs * steady.interval),
      from_frame: steady.fromFrame,
      bottleneck: {
        name: steady.bottleneck.machine,
        busy_cycles: steady.bottleneck.busyCycles,
        limit: steady.bottleneck.limit,
        full_fifos: steady.bottleneck.fullStreams,
        held_up_by: steady.bottleneck.heldUpBy,
      },
    },
    deadlock: deadlock && {
      cycle: deadlock.cycle,
      waiting: deadlock.waiting.map(({ machine, what, stream, held, depth }) => ({
        name: machine,
        for: what,
        fifo: stream,
        held,
        depth,
      })),
    },
    frames: frames.map(({ firstIn, lastIn, firstOut, lastOut }) => ({
      first_in: firstIn,
      last_in: lastIn,
      first_out: firstOut,
      last_out: lastOut,
    })),
    nodes: Object.fromEntries(
      machines.map(({ name, beatsIn, beatsOut, busy, starved, blocked }) => [
        name,
        { beats_in: beatsIn, beats_out: beatsOut, busy, starved, blocked },
      ]),
    ),
    fifos: Object.fromEntries(
      streams
        .filter(({ isFifo }) => isFifo)
        .map(({ name, depth, beats, maxOccupancy }) => [name, { depth, beats, max_occupancy: maxOccupancy }]),
    ),
  };
}

/** A beat that moves in cycle t is there at its end: after t + 1 cycles. */
export function firstResultCycles({ frames }: Simulation): number | null {
  const [first] = frames;
  return first ? first.lastOut + 1 : null;
}
