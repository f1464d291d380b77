import type * as Ort from "onnxruntime-web/wasm";
import type { DataflowGraph, DataflowNode, IntegerArray } from "../../graph/dataflow";
import { StreamscopeError, throwIfAborted } from "../../graph/errors";
import { integerArray } from "../../graph/integer-array";
import { writeOnnx } from "../../onnx/write";
import type { CreateEngine, Engine, EngineInfo, RunOptions, RunResult, Tap } from "../engine";
import { checkTaps, readInput } from "../input";
import { originOf, rearrange } from "../rearrange";
import { RunQueue } from "../run-queue";
import { toChannelsLast } from "./layout";
import { loadRuntime } from "./runtime";
import { type StandardOnnx, writeStandardOnnx } from "./standard-onnx";

/**
 * The judge: the same network as standard ONNX, computed by a runtime that shares no code
 * with ours. Also the engine where there is no WebGPU.
 */
export const createOrtEngine: CreateEngine = async (graph, { signal, onProgress } = {}) => {
  throwIfAborted(signal);
  onProgress?.(0, 3, "Writing the network as standard ONNX");
  const twin = writeStandardOnnx(graph);
  onProgress?.(1, 3, "Fetching ONNX Runtime");
  const ort = await loadRuntime();
  throwIfAborted(signal);
  onProgress?.(2, 3, "Setting up ONNX Runtime");
  const session = await failing(
    "refused the network",
    ort.InferenceSession.create(writeOnnx(twin.model), {
      executionProviders: ["wasm"],
      // Optimizations fold factors into weights, which rounds them: what is proven is the graph as written.
      graphOptimizationLevel: "disabled",
    }),
  );
  if (signal?.aborted) await session.release();
  throwIfAborted(signal);
  onProgress?.(3, 3, "Ready");
  return new OrtEngine(graph, twin, ort, session);
};

class OrtEngine implements Engine {
  readonly info: EngineInfo;
  readonly #graph: DataflowGraph;
  readonly #twin: StandardOnnx;
  readonly #ort: typeof Ort;
  readonly #session: Ort.InferenceSession;
  readonly #queue = new RunQueue();
  #disposed = false;

  constructor(graph: DataflowGraph, twin: StandardOnnx, ort: typeof Ort, session: Ort.InferenceSession) {
    this.#graph = graph;
    this.#twin = twin;
    this.#ort = ort;
    this.#session = session;
    const forms = [...twin.activations.values()];
    const lines = forms.filter((form) => form === "line").length;
    this.info = {
      backend: "ort",
      label: "ONNX Runtime, WebAssembly SIMD, 1 thread",
      adapter: null,
      device: "cpu",
      variants: { thresholds: `${lines} layers as lines, ${forms.length - lines} as comparisons` },
      calibrationMs: {},
    };
  }

  async run(input: Uint8Array, { taps = [], signal }: RunOptions = {}): Promise<RunResult> {
    const start = performance.now();
    checkTaps(this.#graph, taps);
    const values = readInput(this.#graph, input);
    return this.#queue.add(() => this.#compute(values, taps, start), signal);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    void this.#queue.close().then(() => this.#session.release());
  }

  async #compute(input: IntegerArray, taps: readonly string[], start: number): Promise<RunResult> {
    const origins = taps.map((tap) => ({ tap, ...originOf(this.#graph, tap) }));
    const sources = origins.flatMap(({ source }) => source?.name ?? []);
    const fetches = new Set([this.#twin.logits, this.#twin.labels, ...sources]);
    const feed = new this.#ort.Tensor(this.#twin.input.elemType, input, this.#graph.input.shape);
    const outputs = await failing(
      "failed in a run",
      this.#session.run({ [this.#twin.input.name]: feed }, [...fetches]),
    );

    const logits = Int32Array.from(floatsOf(outputs, this.#twin.logits));
    const found = new Map<string, Tap>();
    for (const { tap, source, rearrangements } of origins) {
      const data = rearrange(source ? integersOf(outputs, source) : input.slice(), rearrangements);
      const node = rearrangements.at(-1) ?? source;
      if (node) found.set(tap, { ...node.output, data });
    }
    return {
      top: labelsOf(outputs, this.#twin.labels).map((index) => ({ index, logit: logits[index] ?? 0 })),
      logits,
      taps: found,
      timeMs: { total: performance.now() - start },
    };
  }
}

type Outputs = Ort.InferenceSession.OnnxValueMapType;

/** A node's output, NHWC. */
function integersOf(outputs: Outputs, node: DataflowNode): IntegerArray {
  if (node.kind !== "LabelSelect") return toChannelsLast(floatsOf(outputs, node.name), node.output);
  const labels = labelsOf(outputs, node.name);
  const integers = integerArray(node.output.datatype, labels.length);
  integers.set(labels);
  return integers;
}

function floatsOf(outputs: Outputs, name: string): Float32Array {
  const data = outputs[name]?.data;
  if (data instanceof Float32Array) return data;
  throw new StreamscopeError("engine-failed", `ONNX Runtime gave no floats for ${name}.`, { node: name });
}

function labelsOf(outputs: Outputs, name: string): number[] {
  const data = outputs[name]?.data;
  if (data instanceof BigInt64Array) return Array.from(data, Number);
  throw new StreamscopeError("engine-failed", `ONNX Runtime gave no labels for ${name}.`, { node: name });
}

/** Turns the runtime's errors into ours. */
async function failing<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StreamscopeError("engine-failed", `ONNX Runtime ${what}: ${reason}`, {}, { cause: error });
  }
}
