import type { NodeKind } from "../graph/dataflow";
import type { FifoFolding, FoldingOf } from "./attributes";
import type { Board } from "./boards";
import { type CoupledAxis, couplings, type FoldingAxis } from "./couplings";
import {
  allResources,
  instanceResources,
  layerResources,
  type NetworkPerformance,
  networkPerformance,
} from "./estimate";
import type { FoldedGraph } from "./fold-graph";
import type { ConverterInstance, FifoInstance } from "./instances";
import type { Folded, LegalFolding, Resources } from "./model";
import { cyclesOf, foldedInput, foldedOutput, legalFolding, resourcesOf } from "./models";

/** What a folding comes to on a board, in plain rows that survive structured cloning. */
export interface FoldingReport {
  readonly board: Board["name"];
  /** In stream order. */
  readonly nodes: readonly NodeRow[];
  /** What stands between the nodes, in stream order. */
  readonly inserted: readonly InsertedRow[];
  readonly totals: {
    /** Of the nodes alone, as FINN's estimate counts. */
    readonly layers: Resources;
    /** Width converters and FIFOs too. */
    readonly all: Resources;
  };
  /** At the board's clock. */
  readonly performance: NetworkPerformance;
}

/** A stream: values and bits a beat. */
export interface BeatSize {
  readonly lanes: number;
  readonly bits: number;
}

export interface NodeRow {
  readonly name: string;
  readonly kind: NodeKind;
  readonly impl: "hls" | "rtl";
  /** All its folding attributes: those given, the rest FINN's defaults. */
  readonly folding: FoldingOf[NodeKind];
  /** What its PE and SIMD may be, a coupled neighbour's changed along. */
  readonly legal: LegalFolding;
  /** The neighbour's axis that changes along with one of its own. */
  readonly coupling: { readonly own: FoldingAxis; readonly other: CoupledAxis } | null;
  /** Cycles a frame. */
  readonly cycles: number;
  readonly resources: Resources;
  readonly input: BeatSize;
  readonly output: BeatSize;
  /** Of the values it puts out, N first, C last. */
  readonly outputShape: readonly number[];
  /** Bits of its sums; null for a node that does not add up. */
  readonly accumulatorBits: number | null;
}

export type InsertedRow = ConverterRow | FifoRow;

export interface ConverterRow {
  readonly kind: "StreamingDataWidthConverter";
  readonly name: string;
  readonly input: BeatSize;
  readonly output: BeatSize;
  readonly resources: Resources;
}

export interface FifoRow {
  readonly kind: "StreamingFIFO";
  readonly name: string;
  /** Depth in beats, and how it is built. */
  readonly folding: FifoFolding;
  readonly beat: BeatSize;
  /** Names of the neighbours; null is the outside. */
  readonly from: string | null;
  readonly to: string | null;
  readonly resources: Resources;
}

/** Resources and cycles of every part of a folded network, and what they come to on a board. */
export function foldingReport(folded: FoldedGraph, board: Board): FoldingReport {
  return {
    board: board.name,
    nodes: nodeRows(folded.nodes),
    inserted: folded.instances.flatMap((instance) =>
      instance.kind === "node" ? [] : [insertedRow(instance)],
    ),
    totals: { layers: layerResources(folded), all: allResources(folded) },
    performance: networkPerformance(folded, board.clockNs),
  };
}

function nodeRows(nodes: readonly Folded[]): NodeRow[] {
  const coupled = couplings(nodes.map(({ node }) => node));
  return nodes.map((folded) => {
    const { node, kind, folding, accumulator } = folded;
    return {
      name: node.name,
      kind,
      impl: node.impl,
      folding,
      legal: choices(folded),
      coupling: coupled.get(node.name) ?? null,
      cycles: cyclesOf<NodeKind>(folded),
      resources: resourcesOf<NodeKind>(folded),
      input: beat(foldedInput<NodeKind>(folded), node.input.datatype.bits),
      output: beat(foldedOutput<NodeKind>(folded), node.output.datatype.bits),
      outputShape: node.output.shape,
      accumulatorBits: accumulator?.bits ?? null,
    };
  });
}

/** A whole window a beat needs all channels at once, unless each channel has its own. */
function choices(folded: Folded): LegalFolding {
  const legal = legalFolding<NodeKind>(folded.kind, folded.node);
  if (folded.kind !== "ConvolutionInputGenerator") return legal;
  const whole = folded.folding.parallel_window === 1 && !folded.node.depthwise;
  return whole && legal.SIMD ? { SIMD: legal.SIMD.slice(-1) } : legal;
}

function beat(shape: readonly number[], bits: number): BeatSize {
  const lanes = shape.at(-1) ?? 1;
  return { lanes, bits: lanes * bits };
}

function insertedRow(instance: ConverterInstance | FifoInstance): InsertedRow {
  const resources = instanceResources(instance);
  const { name } = instance;
  if (instance.kind === "StreamingFIFO") {
    const { kind, folding, lanes, widthBits, from, to } = instance;
    return { kind, name, folding, beat: { lanes, bits: widthBits }, from, to, resources };
  }
  const { kind, inputLanes, inputBits, outputLanes, outputBits } = instance;
  return {
    kind,
    name,
    input: { lanes: inputLanes, bits: inputBits },
    output: { lanes: outputLanes, bits: outputBits },
    resources,
  };
}
