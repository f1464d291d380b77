import type { NodeKind } from "../graph/dataflow";
import type { Trace } from "./trace";

/**
 * What a simulation found. Cycles count from 0, the cycle in which the input DMA may give its first
 * beat; a beat that moves "in cycle t" is handed over at its end and can be used from t + 1 on.
 */
export interface Simulation {
  /** Cycles until the last beat that was simulated had left. */
  readonly cycles: number;
  /** Of every frame whose last result has left, in order. */
  readonly frames: readonly FrameTimes[];
  /** Null when the frames were too few, or it came to a deadlock first. */
  readonly steady: SteadyState | null;
  /** Null when every frame that was sent in came out. */
  readonly deadlock: Deadlock | null;
  /** In stream order: the input DMA `idma0`, nodes and width converters, the output DMA `odma0`. */
  readonly machines: readonly MachineReport[];
  /** In stream order, one between each machine and the next: machine i puts out into stream i. */
  readonly streams: readonly StreamReport[];
  /** Null when no window was asked for. */
  readonly trace: Trace | null;
}

/** When a frame was where, in cycles. */
export interface FrameTimes {
  /** Its first beat left the input DMA. */
  readonly firstIn: number;
  readonly lastIn: number;
  /** Its first beat reached the output DMA. */
  readonly firstOut: number;
  /** Its last beat reached the output DMA: the result is there. */
  readonly lastOut: number;
}

/**
 * From some frame on the results come evenly, and every stream repeats itself by the fingerprints of
 * its beats' cycles; or they came evenly a dozen times while FIFOs in front still fill.
 */
export interface SteadyState {
  /** Cycles between two results. */
  readonly interval: number;
  /** The first frame, from 0, that was the frame before it again. */
  readonly fromFrame: number;
  readonly bottleneck: Bottleneck;
}

/** What limits the rate of results. */
export interface Bottleneck {
  /** The machine with most to do among those that keep the pace of the results. */
  readonly machine: string;
  /** Cycles it needs for a frame: so long it is busy with each. */
  readonly busyCycles: number;
  /**
   * `node`: it is busy in every cycle, so only a faster folding helps. `input`: the input DMA is.
   * `fifos`: even the slowest waits, because a machine behind it does not take beats at times, and
   * the FIFOs between are too shallow to bridge that.
   */
  readonly limit: "node" | "input" | "fifos";
  /** With limit `fifos`: the full streams from that machine on. */
  readonly fullStreams: readonly string[];
  /** The machine behind the full streams; null when nothing was full. */
  readonly heldUpBy: string | null;
}

/** Nothing can move any more although frames are still under way. */
export interface Deadlock {
  /** The last cycle in which a beat moved. */
  readonly cycle: number;
  /** Who waits for what, in stream order. */
  readonly waiting: readonly Waiting[];
}

export interface Waiting {
  readonly machine: string;
  /** For a beat out of this stream, or for room in it. */
  readonly what: "beat" | "room";
  readonly stream: string;
  /** Beats in the stream, and how many it can hold. */
  readonly held: number;
  readonly depth: number;
}

/** How a machine spent its cycles. */
export interface Spent {
  /** It moved a beat or computed. */
  readonly busy: number;
  /** It waited for a beat to come. */
  readonly starved: number;
  /** It had a beat to put out, and no room for it. */
  readonly blocked: number;
}

export interface MachineReport extends Spent {
  readonly name: string;
  readonly kind: NodeKind | "StreamingDataWidthConverter" | "IODMA";
  /** Beats moved in all. */
  readonly beatsIn: number;
  readonly beatsOut: number;
  /**
   * One entry a frame, from its last beat of the frame before to its last beat of this frame: in the
   * steady state the three add up to the interval.
   */
  readonly perFrame: readonly FrameOfMachine[];
}

export interface FrameOfMachine extends Spent {
  /** Cycle of the last beat out. */
  readonly done: number;
}

export interface StreamReport {
  /** FINN's name of the FIFO; for a connection without one, `from -> to`. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly isFifo: boolean;
  /** Beats it can hold; a connection without FIFO holds 1, in a register. Infinity while sizing. */
  readonly depth: number;
  /** Beats a frame. */
  readonly beats: number;
  /** The most beats it ever held. */
  readonly maxOccupancy: number;
}
