import { accumulatorRangeOf } from "../../graph/accumulator";
import type { DataflowGraph, IntegerArray } from "../../graph/dataflow";
import { StreamscopeError, throwIfAborted } from "../../graph/errors";
import type { CreateEngine, CreateOptions, Engine, EngineInfo, RunOptions, RunResult } from "../engine";
import { checkTaps, readInput } from "../input";
import { RunQueue } from "../run-queue";
import { type BuiltNetwork, buildNetwork } from "./build";
import { openDevice } from "./device";
import { DeviceWatch } from "./device-watch";
import { bytesOf, unpackMap } from "./layout";
import { largestBuffer, type Network } from "./network";
import { type Plan, type PlannedMap, planGraph } from "./plan";
import { Staging } from "./staging";
import type { PointwiseVariant } from "./steps/mvau";
import { type Contents, collectTaps, contentOf, mapsOfTaps } from "./taps";

export interface WebGpuOptions extends CreateOptions {
  /** Where to find WebGPU; null for none. By default `navigator.gpu`. */
  readonly gpu?: GPU | null;
  /**
   * Use this variant for the pointwise layers that it can compute, instead of timing all: the
   * choice of an earlier visit with the same adapter, say. What the device does not offer is
   * passed over.
   */
  readonly pointwise?: PointwiseVariant;
}

/**
 * The engine on the GPU: integer kernels that mirror the hardware's layers. The graph must be
 * sound (`graphProblems`).
 *
 * Throws `no-webgpu` with what to do about it, `unsupported-model` if sums exceed 32 bits or the
 * graph does not end in LabelSelect, `aborted`, `device-lost`, `engine-failed`.
 */
export const createWebGpuEngine: CreateEngine<WebGpuOptions> = async (graph, options = {}) => {
  const { gpu = globalThis.navigator?.gpu ?? null, signal, onProgress } = options;
  throwIfAborted(signal);
  refuseLongSums(graph);
  const plan = planGraph(graph);
  const total = plan.steps.length + 1;
  let done = 0;
  onProgress?.(done, total, "Opening the GPU");
  const { device, info, dot4 } = await openDevice(gpu, largestBuffer(plan));
  const onStep = () => onProgress?.(++done, total, "Building the kernels");
  const watch = new DeviceWatch(device);
  try {
    onStep();
    const built = await watch.during(() => buildNetwork(device, dot4, plan, { ...options, onStep }));
    throwIfAborted(signal);
    return new WebGpuEngine(graph, plan, device, watch, info, built);
  } catch (error) {
    watch.close();
    throw error;
  }
};

class WebGpuEngine implements Engine {
  readonly info: EngineInfo;
  readonly #network: Network;
  readonly #staging: Staging;
  readonly #queue = new RunQueue();

  constructor(
    private readonly graph: DataflowGraph,
    private readonly plan: Plan,
    private readonly device: GPUDevice,
    private readonly watch: DeviceWatch,
    info: Pick<EngineInfo, "label" | "adapter" | "device">,
    { network, variants, calibrationMs }: BuiltNetwork,
  ) {
    this.info = { backend: "webgpu", ...info, variants, calibrationMs };
    this.#network = network;
    this.#staging = new Staging(device);
  }

  async run(input: Uint8Array, { taps = [], signal }: RunOptions = {}): Promise<RunResult> {
    const called = performance.now();
    checkTaps(this.graph, taps);
    const values = readInput(this.graph, input);
    const frame = () => this.#frame(values, taps, called);
    const result = await this.#queue.add(() => this.watch.during(frame), signal);
    throwIfAborted(signal); // a frame on the GPU cannot be stopped, but its result can be dropped
    return result;
  }

  dispose(): void {
    this.#queue.close();
    this.watch.close();
  }

  async #frame(values: IntegerArray, taps: readonly string[], called: number): Promise<RunResult> {
    const started = performance.now();
    const maps = [this.plan.logits, this.plan.labels, ...mapsOfTaps(this.graph, this.plan, taps)];
    this.#network.write(values);
    const encoder = this.device.createCommandEncoder();
    this.#network.encode(encoder);
    this.#staging.copy(
      encoder,
      maps.map((map) => this.#sourceOf(map)),
    );
    this.device.queue.submit([encoder.finish()]);
    const submitted = performance.now();
    const read = await this.#staging.read();
    const arrived = performance.now();

    const contents: Contents = new Map(maps.map(({ buffer }, i) => [buffer, read[i]!]));
    const { logits, labels } = this.plan;
    const tapped = collectTaps(this.graph, this.plan, taps, values, contents);
    const finished = performance.now();
    return {
      top: pairsOf(contentOf(labels, contents)),
      logits: Int32Array.from(unpackMap(logits.layout, contentOf(logits, contents))),
      taps: tapped,
      timeMs: {
        total: finished - called,
        queue: started - called,
        encode: submitted - started,
        gpu: arrived - submitted,
        taps: finished - arrived,
      },
    };
  }

  #sourceOf(map: PlannedMap) {
    return { buffer: this.#network.bufferOf(map), bytes: bytesOf(map.layout) };
  }
}

/** LabelSelect's pairs (index, logit). */
function pairsOf(words: Uint32Array): RunResult["top"] {
  const logits = new Int32Array(words.buffer, words.byteOffset, words.length);
  return Array.from({ length: words.length / 2 }, (_, rank) => ({
    index: words[rank * 2]!,
    logit: logits[rank * 2 + 1]!,
  }));
}

/** All engines sum in 32-bit integers; a model whose sums can be longer would come out wrong. */
function refuseLongSums(graph: DataflowGraph): void {
  for (const node of graph.nodes) {
    const range = accumulatorRangeOf(node);
    if (!range || (range.min >= -(2 ** 31) && range.max < 2 ** 31)) continue;
    throw new StreamscopeError(
      "unsupported-model",
      `The sums of ${node.name} (${node.kind}) can reach ${Math.max(-range.min, range.max)}, more than 32 bits hold.`,
      { node: node.name },
    );
  }
}
