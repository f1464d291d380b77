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
import { WindowMachine, windowSchedule } from "./window";

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

/** Builds the machines of a folded graph, with the input DMA before and the output DMA behind. */
export function buildPipeline(folded: FoldedGraph, { trace, depths }: PipelineOptions): Pipeline {
  const blocks: Block[] = [];
  const fifos = new Map<number, { name: string; depth: number }>();
  for (const instance of folded.instances) {
    if (instance.kind === "StreamingFIFO") {
      const { name, folding } = instance;
      fifos.set(blocks.length, { name, depth: depths?.get(name) ?? folding.depth });
    } else blocks.push(instance);
  }
  const names = ["idma0", ...blocks.map(({ name }) => name), "odma0"];
  const streams = names.slice(1).map((to, edge) => {
    const fifo = fifos.get(edge);
    const before = blocks[edge - 1];
    const after = blocks[edge];
    const carried = before ? beatsOut(before) : after ? beatsIn(after) : 0;
    const { name, depth } = fifo ?? { name: `${names[edge]} -> ${to}`, depth: 1 };
    const bins = trace && ([new Bins(trace), new Bins(trace)] as const);
    return new Stream({ name, depth, register: !fifo, beats: carried }, bins);
  });
  const [first, last] = [streams[0], streams.at(-1)];
  if (!first || !last || blocks.length === 0) throw new RangeError("a pipeline has at least one node");
  const machines: Machine[] = [
    new LoopMachine("idma0", [], [first], source(first.beats), trace),
    // Block i stands between stream i and stream i + 1.
    ...blocks.map((block, i) => machineOf(block, streams[i] ?? first, streams[i + 1] ?? last, trace)),
    new LoopMachine("odma0", [last], [], sink(last.beats), trace),
  ];
  return {
    network: new Network(machines, streams),
    kinds: [
      "IODMA",
      ...blocks.map((block) => (block.kind === "node" ? block.folded.kind : block.kind)),
      "IODMA",
    ],
  };
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
