import type { DataType } from "../graph/datatype";
import type { FifoFolding } from "./attributes";
import { instanceName } from "./folding-config";
import type { Folded } from "./model";
import { foldedInput, foldedOutput } from "./models";
import { converterImpl } from "./width-converter";

/** A node of the dataflow graph as it stands in hardware. */
export interface NodeInstance {
  readonly kind: "node";
  readonly name: string;
  readonly folded: Folded;
}

/** Cuts or joins beats between two nodes whose beats differ. */
export interface ConverterInstance {
  readonly kind: "StreamingDataWidthConverter";
  readonly name: string;
  readonly impl: "hls" | "rtl";
  readonly datatype: DataType;
  /** Values a beat in and out. */
  readonly inputLanes: number;
  readonly outputLanes: number;
  readonly inputBits: number;
  readonly outputBits: number;
  /** Beats a frame in and out. */
  readonly inputBeats: number;
  readonly outputBeats: number;
}

export interface FifoInstance {
  readonly kind: "StreamingFIFO";
  readonly name: string;
  readonly folding: FifoFolding;
  readonly datatype: DataType;
  /** Values a beat. */
  readonly lanes: number;
  readonly widthBits: number;
  /** Beats a frame. */
  readonly beats: number;
  /** Names of the neighbours; null is the outside. */
  readonly from: string | null;
  readonly to: string | null;
}

export type HardwareInstance = NodeInstance | ConverterInstance | FifoInstance;

/** A stream between two instances: so many values of a type a beat, so many beats a frame. */
interface Beats {
  readonly datatype: DataType;
  readonly lanes: number;
  readonly beats: number;
}

/**
 * The nodes with what FINN puts between them, in stream order. InsertDWC: a width converter where
 * the beat that comes out is not the beat that goes in. InsertFIFO: then a FIFO on every edge, the
 * graph's input and output too, as deep as the deeper wish of its neighbours or as `fifos` says by
 * name. Numbers count in stream order; a FIFO of depth 0 is left out and its number stays unused.
 */
export function hardwareInstances(
  nodes: readonly Folded[],
  fifos: ReadonlyMap<string, Partial<FifoFolding>>,
): HardwareInstance[] {
  const blocks = withConverters(nodes);
  const instances: HardwareInstance[] = [];
  for (let edge = 0; edge <= blocks.length; edge++) {
    const before = blocks[edge - 1];
    const after = blocks[edge];
    const beats = before ? beatsOut(before) : after && beatsIn(after);
    if (!beats) break;
    const name = instanceName("StreamingFIFO", "rtl", edge);
    const folding = {
      depth: wishedDepth(before, after),
      impl_style: "rtl",
      ram_style: "auto",
      ...fifos.get(name),
    } as const;
    const [from, to] = [before?.name ?? null, after?.name ?? null];
    const widthBits = beats.lanes * beats.datatype.bits;
    if (folding.depth > 0)
      instances.push({ kind: "StreamingFIFO", name, folding, ...beats, widthBits, from, to });
    if (after) instances.push(after);
  }
  return instances;
}

/** The names that `hardwareInstances` gives, also to FIFOs that a depth of 0 takes out. */
export function insertedNames(nodes: readonly Folded[]) {
  const blocks = withConverters(nodes);
  const converters = blocks.filter(({ kind }) => kind !== "node").map(({ name }) => name);
  const edges = blocks.length === 0 ? 0 : blocks.length + 1;
  const fifos = Array.from({ length: edges }, (_, edge) => instanceName("StreamingFIFO", "rtl", edge));
  return { converters: new Set(converters), fifos: new Set(fifos) };
}

type Block = NodeInstance | ConverterInstance;

function withConverters(nodes: readonly Folded[]): Block[] {
  const blocks: Block[] = [];
  const used = { hls: 0, rtl: 0 };
  for (const folded of nodes) {
    const instance: NodeInstance = { kind: "node", name: folded.node.name, folded };
    const before = blocks.at(-1);
    if (before) {
      const from = beatsOut(before);
      const to = beatsIn(instance);
      if (from.lanes !== to.lanes) {
        const bits = {
          inputBits: from.lanes * from.datatype.bits,
          outputBits: to.lanes * from.datatype.bits,
        };
        const impl = converterImpl(bits);
        blocks.push({
          kind: "StreamingDataWidthConverter",
          name: instanceName("StreamingDataWidthConverter", impl, used[impl]++),
          impl,
          datatype: from.datatype,
          inputLanes: from.lanes,
          outputLanes: to.lanes,
          ...bits,
          inputBeats: from.beats,
          outputBeats: to.beats,
        });
      }
    }
    blocks.push(instance);
  }
  return blocks;
}

function beatsIn(block: Block): Beats {
  if (block.kind !== "node") {
    return { datatype: block.datatype, lanes: block.inputLanes, beats: block.inputBeats };
  }
  return beatsOf(foldedInput(block.folded), block.folded.node.input.datatype);
}

function beatsOut(block: Block): Beats {
  if (block.kind !== "node") {
    return { datatype: block.datatype, lanes: block.outputLanes, beats: block.outputBeats };
  }
  return beatsOf(foldedOutput(block.folded), block.folded.node.output.datatype);
}

function beatsOf(shape: readonly number[], datatype: DataType): Beats {
  const beats = shape.slice(0, -1).reduce((product, dim) => product * dim, 1);
  return { datatype, lanes: shape.at(-1) ?? 1, beats };
}

/** A converter wishes for FINN's default of 2. */
function wishedDepth(before: Block | undefined, after: Block | undefined): number {
  const out = before?.kind === "node" ? before.folded.folding.outFIFODepths[0] : undefined;
  const into = after?.kind === "node" ? after.folded.folding.inFIFODepths[0] : undefined;
  return Math.max(out ?? 2, into ?? 2);
}
