import type { DataflowGraph, DataflowNode, IntegerArray } from "../../graph/dataflow";
import { throwIfAborted } from "../../graph/errors";
import type { CreateEngine, Engine, EngineInfo, RunOptions, RunResult, Tap } from "../engine";
import { checkGraph, checkTaps, readInput } from "../input";
import { RunQueue } from "../run-queue";
import { channelwise } from "./channelwise";
import { fmPadding } from "./fm-padding";
import { labelSelect } from "./label-select";
import { mvau } from "./mvau";
import { pool } from "./pool";
import { slidingWindow } from "./sliding-window";
import { thresholding } from "./thresholding";
import { vvau } from "./vvau";

/** Longest stretch of work between two looks at the event loop, so that aborts get through. */
const SLICE_MS = 16;

const info: EngineInfo = {
  backend: "reference",
  label: "Reference, TypeScript",
  adapter: null,
  device: "cpu",
  variants: {},
  calibrationMs: {},
};

/** The engine to read: each node is one plain function, run in stream order. The others are judged by it. */
export const createReferenceEngine: CreateEngine = async (graph, { signal } = {}) => {
  throwIfAborted(signal);
  checkGraph(graph);
  return new ReferenceEngine(graph);
};

class ReferenceEngine implements Engine {
  readonly info = info;
  readonly #graph: DataflowGraph;
  readonly #queue = new RunQueue();

  constructor(graph: DataflowGraph) {
    this.#graph = graph;
  }

  async run(input: Uint8Array, { taps = [], signal }: RunOptions = {}): Promise<RunResult> {
    const start = performance.now();
    checkTaps(this.#graph, taps);
    const values = readInput(this.#graph, input);
    return this.#queue.add(() => runGraph(this.#graph, values, new Set(taps), start, signal), signal);
  }

  dispose(): void {
    void this.#queue.close();
  }
}

async function runGraph(
  graph: DataflowGraph,
  input: IntegerArray,
  wanted: ReadonlySet<string>,
  start: number,
  signal: AbortSignal | undefined,
): Promise<RunResult> {
  const taps = new Map<string, Tap>();
  let logits = input;
  let values = input;
  let slice = performance.now();
  for (const node of graph.nodes) {
    if (node.kind === "LabelSelect") logits = values;
    values = computeNode(node, values);
    if (wanted.has(node.name)) taps.set(node.name, { ...node.output, data: values });
    if (performance.now() - slice > SLICE_MS) {
      await new Promise((resolve) => setTimeout(resolve));
      throwIfAborted(signal);
      slice = performance.now();
    }
  }
  return {
    top: Array.from(values, (index) => ({ index, logit: logits[index] ?? 0 })),
    logits: Int32Array.from(logits),
    taps,
    timeMs: { total: performance.now() - start },
  };
}

/** One node's output from its input, both NHWC. */
export function computeNode(node: DataflowNode, input: IntegerArray): IntegerArray {
  switch (node.kind) {
    case "FMPadding":
      return fmPadding(node, input);
    case "ConvolutionInputGenerator":
      return slidingWindow(node, input);
    case "MVAU":
      return mvau(node, input);
    case "VVAU":
      return vvau(node, input);
    case "Thresholding":
      return thresholding(node, input);
    case "Pool":
      return pool(node, input);
    case "ChannelwiseOp":
      return channelwise(node, input);
    case "LabelSelect":
      return labelSelect(node, input);
  }
}
