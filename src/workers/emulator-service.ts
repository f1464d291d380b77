import type { Engine } from "../emulator/engine";
import { type DataflowNode, macsOf } from "../graph/dataflow";
import { throwIfAborted } from "../graph/errors";
import type { ModelPackage } from "../graph/package/read";
import { preprocess } from "../inputs/preprocess";
import { loadFromSource } from "../models/load-from-source";
import { type LoadedPackage, stageLabels } from "../models/load-package";
import { type PackageSource, sourceId } from "../models/package-source";
import { browserPackageStore, type PackageStore } from "../models/package-store";
import { type Answer, answer } from "./answer";
import { type CallId, OpenCalls } from "./calls";
import { chooseEngine } from "./choose-engine";
import type {
  Classification,
  ClassifyOptions,
  EmulatorApi,
  LoadedModel,
  LoadProgress,
  LoadRequest,
  NodeSummary,
} from "./emulator-api";
import { notLoaded } from "./not-loaded";
import { photoGeometry } from "./photo-geometry";

/** The emulator as the page sees it; lives in the worker. */
export class EmulatorService implements EmulatorApi {
  readonly #calls = new OpenCalls();
  readonly #store: PackageStore = browserPackageStore();
  #loaded: { id: string; modelPackage: ModelPackage; engine: Engine } | null = null;

  load(
    request: LoadRequest,
    call: CallId,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Answer<LoadedModel>> {
    return answer("emulator", () =>
      this.#calls.run(call, (signal) => this.#load(request, onProgress, signal)),
    );
  }

  classify(picture: Blob, options: ClassifyOptions, call: CallId): Promise<Answer<Classification>> {
    return answer("emulator", () =>
      this.#calls.run(call, (signal) => this.#classify(picture, options, signal)),
    );
  }

  cancel(call: CallId): void {
    this.#calls.cancel(call);
  }

  async #load(
    { backend, ...source }: LoadRequest,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<LoadedModel> {
    const { modelPackage, fromStore, timeMs } = await this.#package(source, onProgress, signal);
    const start = performance.now();
    const { engine, fallback } = await chooseEngine(modelPackage, backend, {
      signal,
      onProgress: (done, total, label) => onProgress({ stage: "engine", done, total, label }),
    });
    if (signal.aborted) engine.dispose();
    throwIfAborted(signal);
    this.#loaded?.engine.dispose();
    this.#loaded = { id: sourceId(source), modelPackage, engine };
    const { graph, checksum, labels } = modelPackage;
    return {
      name: graph.name,
      checksum,
      labels,
      inputShape: graph.input.shape,
      nodes: graph.nodes.map(summaryOf),
      engine: engine.info,
      fallback,
      fromStore,
      timeMs: { ...timeMs, engine: performance.now() - start },
    };
  }

  /** The package at hand, if it is the one: another engine, or one in place of a lost one, needs no network. */
  async #package(
    source: PackageSource,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<LoadedPackage> {
    if (this.#loaded?.id === sourceId(source)) {
      return { modelPackage: this.#loaded.modelPackage, fromStore: true, timeMs: { fetch: 0, check: 0 } };
    }
    return loadFromSource(source, {
      signal,
      store: this.#store,
      onProgress: (stage, done, total) => onProgress({ stage, done, total, label: stageLabels[stage] }),
    });
  }

  async #classify(picture: Blob, options: ClassifyOptions, signal: AbortSignal): Promise<Classification> {
    if (!this.#loaded) throw notLoaded("emulator");
    const start = performance.now();
    const geometry = photoGeometry(this.#loaded.modelPackage.graph);
    const { bytes, source, crop, notes } = await preprocess(picture, { signal, geometry });
    const prepared = performance.now();
    // Only now: a load that ended meanwhile has closed the engine that was there before.
    const { engine, modelPackage } = this.#loaded;
    const { top, logits, taps } = await engine.run(bytes, { ...options, signal });
    const done = performance.now();
    return {
      top: top.map(({ index, logit }) => ({ index, logit, label: modelPackage.labels?.[index] ?? null })),
      logits,
      taps,
      input: bytes,
      source: {
        ...source,
        crop: { x: crop.left, y: crop.top, width: crop.width, height: crop.height },
      },
      notes,
      engine: engine.info,
      timeMs: { prepare: prepared - start, run: done - prepared },
    };
  }
}

const summaryOf = (node: DataflowNode): NodeSummary => ({
  name: node.name,
  kind: node.kind,
  inputShape: node.input.shape,
  inputType: node.input.datatype.name,
  outputShape: node.output.shape,
  outputType: node.output.datatype.name,
  macs: macsOf(node),
  weights: "weights" in node ? node.weights.data.length : 0,
  pad: node.kind === "FMPadding" ? node.pad : null,
  window:
    node.kind === "ConvolutionInputGenerator"
      ? { kernel: node.kernel, stride: node.stride, dilation: node.dilation }
      : null,
});
