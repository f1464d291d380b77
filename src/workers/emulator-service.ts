import type { Engine } from "../emulator/engine";
import { type DataflowNode, macsOf } from "../graph/dataflow";
import { throwIfAborted } from "../graph/errors";
import type { ModelPackage } from "../graph/package/read";
import { preprocess, preprocessPicture } from "../inputs/preprocess";
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
  NetworkRun,
  NodeSummary,
  PictureData,
  PreparedInput,
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
      this.#calls.run(call, async (signal) => {
        const prepared = await this.#prepare(picture, signal);
        return { ...prepared, ...(await this.#run(prepared.input, options, signal)) };
      }),
    );
  }

  prepare(picture: PictureData, call: CallId): Promise<Answer<PreparedInput>> {
    return answer("emulator", () => this.#calls.run(call, (signal) => this.#prepare(picture, signal)));
  }

  run(input: Uint8Array, options: ClassifyOptions, call: CallId): Promise<Answer<NetworkRun>> {
    return answer("emulator", () => this.#calls.run(call, (signal) => this.#run(input, options, signal)));
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

  async #prepare(picture: PictureData, signal: AbortSignal): Promise<PreparedInput> {
    try {
      if (!this.#loaded) throw notLoaded("emulator");
      const start = performance.now();
      const geometry = photoGeometry(this.#loaded.modelPackage.graph);
      const { bytes, source, crop, notes } = await (picture instanceof Blob
        ? preprocess(picture, { signal, geometry })
        : preprocessPicture(picture, { signal, geometry }));
      return {
        input: bytes,
        source: {
          ...source,
          crop: { x: crop.left, y: crop.top, width: crop.width, height: crop.height },
        },
        notes,
        prepareMs: performance.now() - start,
      };
    } finally {
      // A camera has few frames to give: one that is not closed is missing there.
      if (!(picture instanceof Blob)) picture.close();
    }
  }

  async #run(input: Uint8Array, options: ClassifyOptions, signal: AbortSignal): Promise<NetworkRun> {
    if (!this.#loaded) throw notLoaded("emulator");
    const start = performance.now();
    const { engine, modelPackage } = this.#loaded;
    const { top, logits, taps } = await engine.run(input, { ...options, signal });
    return {
      top: top.map(({ index, logit }) => ({ index, logit, label: modelPackage.labels?.[index] ?? null })),
      logits,
      taps,
      engine: engine.info,
      runMs: performance.now() - start,
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
