import packageJson from "../../package.json" with { type: "json" };
import { type CompileOptions, compile } from "../compiler/compile";
import { GraphRecorder } from "../compiler/snapshot";
import { summarise } from "../compiler/summary";
import { compareEngines } from "../emulator/compare-engines";
import type { CreateEngine } from "../emulator/engine";
import { testPattern } from "../emulator/test-pattern";
import { StreamscopeError, throwIfAborted } from "../graph/errors";
import { readLabels, relabelled } from "../graph/package/labels";
import { readManifest } from "../graph/package/read";
import { sha256Hex } from "../graph/package/sha256";
import { writePackage } from "../graph/package/write";
import { describeForeignModel } from "../models/describe-foreign-model";
import { fetchModel, maxModelBytes } from "../models/fetch-model";
import { loadFromSource, ownPackage } from "../models/load-from-source";
import type { OwnPackage } from "../models/package-source";
import { browserPackageStore } from "../models/package-store";
import { type Answer, answer } from "./answer";
import { type CallId, OpenCalls } from "./calls";
import type {
  CheckReport,
  CheckRequest,
  CompiledModel,
  CompileProgress,
  CompileRequest,
  CompilerApi,
  LabelRequest,
} from "./compiler-api";

/** The two engines of the check; each one's code is loaded only when it is needed. */
interface Judges {
  readonly reference: CreateEngine;
  readonly runtime: CreateEngine;
}

const judges: Judges = {
  reference: async (graph, options) => {
    const { createReferenceEngine } = await import("../emulator/reference/engine");
    return createReferenceEngine(graph, options);
  },
  runtime: async (graph, options) => {
    const { createOrtEngine } = await import("../emulator/ort/engine");
    return createOrtEngine(graph, options);
  },
};

const maxLabelsBytes = 4e6;

/** The compiler as the page sees it; lives in the worker. */
export class CompilerService implements CompilerApi {
  readonly #calls = new OpenCalls();
  readonly #judges: Judges;

  constructor(engines: Judges = judges) {
    this.#judges = engines;
  }

  compile(
    request: CompileRequest,
    call: CallId,
    onProgress: (progress: CompileProgress) => void,
  ): Promise<Answer<CompiledModel>> {
    return this.#answer(call, async (signal) => {
      const { model } = request;
      const bytes =
        typeof model === "string"
          ? await fetchModel(model, {
              signal,
              onProgress: (received, total) => onProgress({ stage: "fetching", received, total }),
            })
          : await bytesOf(model);
      throwIfAborted(signal);
      return compileModel(bytes, request, onProgress, signal);
    });
  }

  check(
    { source, input }: CheckRequest,
    call: CallId,
    onProgress: (label: string) => void,
  ): Promise<Answer<CheckReport>> {
    return this.#answer(call, async (signal) => {
      const { modelPackage } = await loadFromSource(source, { signal, store: browserPackageStore() });
      const { graph } = modelPackage;
      const frame = typeof input === "string" ? testPattern(graph, input) : input;
      const reference = await this.#judges.reference(graph, { signal });
      const runtime = await this.#judges.runtime(graph, {
        signal,
        onProgress: (_done, _total, label) => onProgress(label),
      });
      try {
        const layers = await compareEngines(graph, [reference, runtime], frame, {
          signal,
          onEngine: ({ info }) => onProgress(`Computing all layers: ${info.label}`),
        });
        return { layers, runtime: runtime.info.label };
      } finally {
        reference.dispose();
        runtime.dispose();
      }
    });
  }

  label({ package: own, labels }: LabelRequest, call: CallId): Promise<Answer<OwnPackage>> {
    return this.#answer(call, async () => {
      if (labels.size > maxLabelsBytes) {
        throw new StreamscopeError("bad-input", "The labels file is too large: it needs one name a line.");
      }
      const manifest = relabelled(await own.manifest.text(), readLabels(await labels.text()));
      const { checksum } = readManifest(manifest);
      return { checksum, manifest: new Blob([manifest], { type: "application/json" }), binary: own.binary };
    });
  }

  cancel(call: CallId): void {
    this.#calls.cancel(call);
  }

  #answer<T>(call: CallId, work: (signal: AbortSignal) => Promise<T>): Promise<Answer<T>> {
    return answer("compiler", () => this.#calls.run(call, work));
  }
}

async function bytesOf(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size > maxModelBytes) {
    throw new StreamscopeError(
      "bad-input",
      `The file has ${Math.ceil(file.size / 1e6)} MB; models of up to ${maxModelBytes / 1e6} MB are opened here.`,
    );
  }
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new StreamscopeError(
      "bad-input",
      "The file could not be read. Was it moved, or is it a folder? Choose it again.",
      {},
      { cause },
    );
  }
}

async function compileModel(
  bytes: Uint8Array,
  { name, preprocessing }: CompileRequest,
  onProgress: (progress: CompileProgress) => void,
  signal: AbortSignal,
): Promise<CompiledModel> {
  const recorder = new GraphRecorder();
  // The page's answers to progress; when all are there, it has seen every pass.
  const seen: unknown[] = [];
  const tell = (progress: CompileProgress) => seen.push(onProgress(progress));
  const options: CompileOptions = {
    name,
    preprocessing,
    signal,
    onRead: (model) => tell({ stage: "read", graph: recorder.record(model) }),
    onPass: (step, model) => tell({ stage: "pass", step: { ...step, graph: recorder.record(model) } }),
  };
  try {
    const { graph, notes, nearTies } = await compile(bytes, options);
    const files = writePackage(graph, {
      compiler: `streamscope ${packageJson.version}`,
      sourceSha256: sha256Hex(bytes),
    });
    const last = graph.nodes.at(-1);
    return {
      name: graph.name,
      package: ownPackage(files),
      fileBytes: bytes.length,
      input: { shape: graph.input.shape, datatype: graph.input.datatype.name },
      classes: last?.kind === "LabelSelect" ? last.labels : 0,
      summary: summarise(graph),
      notes,
      nearTies,
    };
  } catch (error) {
    const foreign = describeForeignModel(bytes);
    if (foreign && error instanceof StreamscopeError && error.code === "bad-model") {
      throw new StreamscopeError("bad-model", foreign, {}, { cause: error });
    }
    throw error;
  } finally {
    await Promise.allSettled(seen);
  }
}
