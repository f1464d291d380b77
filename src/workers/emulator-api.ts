import type { Backend, EngineInfo, Tap } from "../emulator/engine";
import type { ConvolutionInputGenerator, FMPadding, NodeKind } from "../graph/dataflow";
import type { PackageSource } from "../models/package-source";
import type { Answer } from "./answer";
import type { CallId } from "./calls";

/**
 * What the page and the emulator worker say to each other. The page never sees the graph's
 * weights; the worker never sees the page. All of it survives structured cloning.
 */
export interface EmulatorApi {
  /**
   * Loads and checks a package, then sets an engine up. `auto` takes WebGPU where it runs and
   * ONNX Runtime elsewhere, and says why. Loading again replaces what was loaded; a load that
   * fails leaves it running.
   */
  load(
    request: LoadRequest,
    call: CallId,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Answer<LoadedModel>>;
  /** Decodes, resizes and crops a picture, and runs the network on it: `prepare`, then `run`. */
  classify(picture: Blob, options: ClassifyOptions, call: CallId): Promise<Answer<Classification>>;
  /** The network's input of a picture. A frame or bitmap that was handed over is closed. */
  prepare(picture: PictureData, call: CallId): Promise<Answer<PreparedInput>>;
  /** Runs the network on an input: NHWC uint8, as `prepare` gives it. */
  run(input: Uint8Array, options: ClassifyOptions, call: CallId): Promise<Answer<NetworkRun>>;
  /** Stops a call; it rejects with `aborted`. */
  cancel(call: CallId): void;
}

export type LoadRequest = PackageSource & { readonly backend: Backend | "auto" };

export interface LoadProgress {
  readonly stage: "manifest" | "weights" | "checks" | "engine";
  /** Bytes in the stage `weights`, steps in `engine`. */
  readonly done: number;
  readonly total: number;
  /** A few words for people. */
  readonly label: string;
}

export interface LoadedModel {
  readonly name: string;
  /** Names the package and so the model: its manifest's SHA-256. */
  readonly checksum: string;
  readonly labels: readonly string[] | null;
  readonly inputShape: readonly number[];
  readonly nodes: readonly NodeSummary[];
  readonly engine: EngineInfo;
  /** Why `auto` did not take WebGPU: a sentence; null if it did or was not asked to. */
  readonly fallback: string | null;
  /** Was the package already in this browser's store? */
  readonly fromStore: boolean;
  /** Milliseconds of each stage. */
  readonly timeMs: { readonly fetch: number; readonly check: number; readonly engine: number };
}

export interface NodeSummary {
  readonly name: string;
  readonly kind: NodeKind;
  readonly inputShape: readonly number[];
  readonly inputType: string;
  readonly outputShape: readonly number[];
  readonly outputType: string;
  readonly macs: number;
  readonly weights: number;
  /** Where an FMPadding puts zeros; null for other kinds. */
  readonly pad: FMPadding["pad"] | null;
  /** How a sliding window moves over its input; null for other kinds. */
  readonly window: Pick<ConvolutionInputGenerator, "kernel" | "stride" | "dilation"> | null;
}

export interface ClassifyOptions {
  readonly taps?: readonly string[];
}

/** A picture file, or what a camera gives. */
export type PictureData = Blob | ImageBitmap | VideoFrame;

/** What the network sees of a picture. The emulator and the card get these very bytes. */
export interface PreparedInput {
  /** NHWC uint8: 1 x 224 x 224 x 3, RGB, for the built-in model. */
  readonly input: Uint8Array<ArrayBuffer>;
  /** The upright picture's size, and the rectangle of it that the network sees, in its pixels. */
  readonly source: {
    readonly width: number;
    readonly height: number;
    readonly crop: {
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    };
  };
  /** What the user should know: "Animated: the first frame is used." */
  readonly notes: readonly string[];
  /** Milliseconds from the picture to the input. */
  readonly prepareMs: number;
}

/** What the network says of an input. */
export interface NetworkRun {
  /** Best first. `label` is null where the package names no classes. */
  readonly top: readonly { readonly index: number; readonly logit: number; readonly label: string | null }[];
  readonly logits: Int32Array;
  readonly taps: ReadonlyMap<string, Tap>;
  readonly engine: EngineInfo;
  /** Milliseconds of the network with readback. */
  readonly runMs: number;
}

export type Classification = PreparedInput & NetworkRun;
