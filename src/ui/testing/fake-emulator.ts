import { type ErrorCode, StreamscopeError } from "../../graph/errors";
import type {
  Classification,
  ClassifyOptions,
  LoadedModel,
  LoadRequest,
  NetworkRun,
  PictureData,
  PreparedInput,
} from "../../workers/emulator-api";
import type { EmulatorClient } from "../../workers/emulator-client";
import type { EngineInfo } from "../engine-types";

type LoadOptions = Parameters<EmulatorClient["load"]>[1];

/** A call that a test answers by hand. Like the real client's, it rejects as soon as its signal fires. */
export class PendingCall<Request, Result> {
  readonly promise: Promise<Result>;
  #resolve!: (result: Result) => void;
  #reject!: (error: Error) => void;

  constructor(
    readonly request: Request,
    readonly signal: AbortSignal | undefined,
  ) {
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    signal?.addEventListener("abort", () => this.fail("aborted"));
  }

  /** Resolves, and lets what waits for it go on. */
  async answer(result: Result): Promise<void> {
    this.#resolve(result);
    await settled();
  }

  async fail(code: ErrorCode, details: StreamscopeError["details"] = {}): Promise<void> {
    this.#reject(new StreamscopeError(code, `It went wrong: ${code}.`, details));
    await settled();
  }
}

/** Long enough for every promise that can go on to have gone on. */
export const settled = () => new Promise((resolve) => setTimeout(resolve));

/** Records the page's calls and leaves the answers to the test. */
export class FakeEmulator implements EmulatorClient {
  readonly loads: PendingCall<LoadRequest & { options: LoadOptions }, LoadedModel>[] = [];
  readonly classifications: PendingCall<{ picture: Blob; taps: readonly string[] }, Classification>[] = [];
  readonly preparations: PendingCall<PictureData, PreparedInput>[] = [];
  readonly runs: PendingCall<Uint8Array, NetworkRun>[] = [];

  load(request: LoadRequest, options?: LoadOptions): Promise<LoadedModel> {
    const call = new PendingCall<LoadRequest & { options: LoadOptions }, LoadedModel>(
      { ...request, options },
      options?.signal,
    );
    this.loads.push(call);
    return call.promise;
  }

  classify(picture: Blob, options: ClassifyOptions & { signal?: AbortSignal } = {}): Promise<Classification> {
    const call = new PendingCall<{ picture: Blob; taps: readonly string[] }, Classification>(
      { picture, taps: options.taps ?? [] },
      options.signal,
    );
    this.classifications.push(call);
    return call.promise;
  }

  prepare(picture: PictureData, { signal }: { signal?: AbortSignal } = {}): Promise<PreparedInput> {
    const call = new PendingCall<PictureData, PreparedInput>(picture, signal);
    this.preparations.push(call);
    return call.promise;
  }

  run(input: Uint8Array, { signal }: { signal?: AbortSignal } = {}): Promise<NetworkRun> {
    const call = new PendingCall<Uint8Array, NetworkRun>(input, signal);
    this.runs.push(call);
    return call.promise;
  }

  dispose(): void {}
}

const fakeEngine: EngineInfo = {
  backend: "webgpu",
  label: "WebGPU on a test adapter",
  adapter: "a test adapter",
  device: "software-gpu",
  variants: { pointwise: "plain" },
  calibrationMs: {},
};

export function fakeModel(overrides: Partial<LoadedModel> = {}): LoadedModel {
  return {
    name: "tiny",
    checksum: "0".repeat(64),
    labels: null,
    inputShape: [1, 4, 4, 3],
    nodes: [],
    engine: fakeEngine,
    fallback: null,
    fromStore: false,
    timeMs: { fetch: 1, check: 1, engine: 1 },
    ...overrides,
  };
}

export function fakeClassification(overrides: Partial<Classification> = {}): Classification {
  return {
    top: [{ index: 7, logit: 42, label: "cock" }],
    logits: new Int32Array([42]),
    taps: new Map(),
    input: new Uint8Array(48),
    source: { width: 4, height: 4, crop: { x: 0, y: 0, width: 4, height: 4 } },
    notes: [],
    engine: fakeEngine,
    prepareMs: 1,
    runMs: 2,
    ...overrides,
  };
}
