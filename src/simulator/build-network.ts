import { builtDepth } from "../hardware/fifo";
import type { FoldedGraph } from "../hardware/fold-graph";
import { greatestCommonDivisor } from "../hardware/greatest-common-divisor";
import type { ConverterInstance, NodeInstance } from "../hardware/instances";
import type { Folded } from "../hardware/model";
import { foldedInput, foldedOutput } from "../hardware/models";
import { Bins } from "./bins";
import { type Grouping, GroupMachine } from "./group";
import { LoopMachine, type LoopProgram } from "./loop";
import type { Machine } from "./machine";
import { Network } from "./network";
import { beats, fmPaddingProgram, mvauProgram, passThrough, reduceProgram, sink, source } from "./programs";
import type { MachineReport } from "./result";
import { Stream } from "./stream";
import type { TraceWindow } from "./trace";
import { WindowMachine } from "./window";
import { windowSchedule } from "./window-schedule";

/** The chain of machines that a folded graph is. */
export interface Pipeline {
  readonly network: Network;
  readonly kinds: readonly MachineReport["kind"][];
}

export interface PipelineOptions {
  readonly trace: TraceWindow | null;
  /** Depths that count in place of the folding's, by FINN's name of the FIFO; Infinity has no limit. */
  readonly depths?: ReadonlyMap<string, number>;
}

type Block = NodeInstance | ConverterInstance;

/** A stream of the chain, as the folding says: a FIFO, or a bare connection. */
export interface Link {
  /** FINN's name of the FIFO; for a connection without one, `from -> to`. */
  readonly name: string;
  readonly isFifo: boolean;
  /** Beats it holds. */
  readonly depth: number;
  /** Beats a frame. */
  readonly beats: number;
}

/** Machine i, named `names[i]`, puts out into link i, from which machine i + 1 takes. */
export interface Chain {
  readonly names: readonly string[];
  /** Block i is machine i + 1: the DMAs stand around them. */
  readonly blocks: readonly Block[];
  readonly links: readonly Link[];
}

/** What stands where in a folded graph, before any of it is simulated. */
export function chainOf(folded: FoldedGraph, depths?: ReadonlyMap<string, number>): Chain {
  const blocks: Block[] = [];
  const fifos = new Map<number, { name: string; depth: number }>();
  for (const instance of folded.instances) {
    if (instance.kind === "StreamingFIFO") {
      const { name, folding } = instance;
      const depth = depths?.get(name) ?? builtDepth(folding);
      // FINN: depth 0 takes the FIFO out.
      if (depth > 0) fifos.set(blocks.length, { name, depth });
    } else blocks.push(instance);
  }
  if (blocks.length === 0) throw new RangeError("a pipeline has at least one node");
  const names = ["idma0", ...blocks.map(({ name }) => name), "odma0"];
  const links = names.slice(1).map((to, edge) => {
    const fifo = fifos.get(edge);
    const before = blocks[edge - 1];
    const after = blocks[edge];
    const carried = before ? beatsOut(before) : after ? beatsIn(after) : 0;
    const { name, depth } = fifo ?? { name: `${names[edge]} -> ${to}`, depth: 1 };
    return { name, depth, isFifo: fifo !== undefined, beats: carried };
  });
  return { names, blocks, links };
}

/** Builds the machines of a folded graph, with the input DMA before and the output DMA behind. */
export function buildPipeline(folded: FoldedGraph, { trace, depths }: PipelineOptions): Pipeline {
  const chain = chainOf(folded, depths);
  const streams = chain.links.map(({ isFifo, ...link }) => {
    const bins = trace && ([new Bins(trace), new Bins(trace)] as const);
    return new Stream({ ...link, register: !isFifo }, bins);
  });
  return {
    network: new Network(
      chain.names.map((_, i) => machineAt(chain, i, streams[i - 1], streams[i], trace)),
      streams,
    ),
    kinds: [
      "IODMA",
      ...chain.blocks.map((block) => (block.kind === "node" ? block.folded.kind : block.kind)),
      "IODMA",
    ],
  };
}

/**
 * Machine `index` of the chain. An input DMA with an input of its own gets its beats from there: so
 * frames can be sent in at a pace.
 */
export function machineAt(
  { names, blocks }: Chain,
  index: number,
  input: Stream | undefined,
  output: Stream | undefined,
  trace: TraceWindow | null,
): Machine {
  const block = blocks[index - 1];
  if (block && input && output) return machineOf(block, input, output, trace);
  const name = names[index] ?? "";
  if (output) {
    const program = input ? passThrough(output.beats) : source(output.beats);
    return new LoopMachine(name, input ? [input] : [], [output], program, trace);
  }
  if (!input) throw new RangeError(`${name} has no stream`);
  return new LoopMachine(name, [input], [], sink(input.beats), trace);
}

function machineOf(block: Block, input: Stream, output: Stream, trace: TraceWindow | null): Machine {
  const grouped = (grouping: Grouping) => new GroupMachine(block.name, input, output, grouping, trace);
  const looped = (program: LoopProgram) => new LoopMachine(block.name, [input], [output], program, trace);
  if (block.kind === "StreamingDataWidthConverter") return grouped(converterGrouping(block));
  const { folded } = block;
  switch (folded.kind) {
    case "FMPadding":
      return looped(fmPaddingProgram(folded));
    case "ConvolutionInputGenerator":
      return new WindowMachine(block.name, input, output, windowSchedule(folded), trace);
    case "MVAU":
      return looped(mvauProgram(folded));
    case "VVAU":
    case "Pool":
      return looped(reduceProgram(folded));
    case "Thresholding":
    case "ChannelwiseOp":
      return looped(passThrough(input.beats));
    case "LabelSelect":
      // The best labels of a frame go out while the next frame comes in.
      return grouped({ taken: input.beats, given: output.beats, groups: 1 });
  }
}

/** A converter joins and cuts by way of the least common multiple of both widths. */
function converterGrouping({ inputLanes, outputLanes, inputBeats }: ConverterInstance): Grouping {
  const common = (inputLanes * outputLanes) / greatestCommonDivisor(inputLanes, outputLanes);
  const taken = common / inputLanes;
  return { taken, given: common / outputLanes, groups: inputBeats / taken };
}

function beatsIn(block: Block): number {
  return block.kind === "node" ? beats(foldedInput(block.folded as Folded)) : block.inputBeats;
}

function beatsOut(block: Block): number {
  return block.kind === "node" ? beats(foldedOutput(block.folded as Folded)) : block.outputBeats;
}
