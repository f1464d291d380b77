import type { DataflowGraph, IntegerArray } from "../graph/dataflow";
import type { DataType } from "../graph/datatype";

/**
 * What all engines share. An engine computes every layer of one dataflow graph in the
 * integers of the hardware; all engines return the same integers for the same bytes.
 */
export interface Engine {
  readonly info: EngineInfo;
  /**
   * Runs one frame. `input` has the bytes of `graph.input` (NHWC uint8 for images).
   * Calls queue up; they never overlap.
   *
   * Throws StreamscopeError: `bad-input` for a wrong length or an unknown tap, `aborted`,
   * `device-lost` when the GPU goes away (the engine is then of no more use: make a new one).
   */
  run(input: Uint8Array, options?: RunOptions): Promise<RunResult>;
  /** Frees what the engine holds. Further runs are refused. */
  dispose(): void;
}

export type Backend = "reference" | "webgpu" | "ort";

/** What an engine says of itself. Nothing here is guessed: what is not known is null. */
export interface EngineInfo {
  readonly backend: Backend;
  /** For people: "WebGPU on NVIDIA ampere", "ONNX Runtime, WebAssembly SIMD, 1 thread". */
  readonly label: string;
  /** Name of the GPU adapter, as far as the browser tells it. */
  readonly adapter: string | null;
  /** Does it run on a GPU, on a GPU emulated in software, or on the CPU? */
  readonly device: "gpu" | "software-gpu" | "cpu";
  /** Kernel variants in use, chosen at start-up: `{ pointwise: "dot4x8" }`. */
  readonly variants: Readonly<Record<string, string>>;
  /** Median milliseconds of each candidate timed at start-up: `{ "pointwise/dot4x8": 1.2 }`. */
  readonly calibrationMs: Readonly<Record<string, number>>;
}

export interface RunOptions {
  /** Names of nodes whose output is wanted. */
  readonly taps?: readonly string[];
  readonly signal?: AbortSignal;
}

export interface RunResult {
  /** LabelSelect's answer: best first, ties to the lower index. */
  readonly top: readonly { readonly index: number; readonly logit: number }[];
  /** Input of LabelSelect: one integer a class. */
  readonly logits: Int32Array;
  readonly taps: ReadonlyMap<string, Tap>;
  /** Wall-clock milliseconds from the call of `run` to the result, and its parts where measured. */
  readonly timeMs: { readonly total: number; readonly [stage: string]: number };
}

/** The output of one node: the exact integers, NHWC. */
export interface Tap {
  readonly shape: readonly number[];
  readonly datatype: DataType;
  readonly data: IntegerArray;
}

export interface CreateOptions {
  readonly signal?: AbortSignal;
  /** Called while the engine sets up: done of total steps, and what is under way. */
  readonly onProgress?: (done: number, total: number, label: string) => void;
}

/** Each engine's folder exports one of these. */
export type CreateEngine<Options extends CreateOptions = CreateOptions> = (
  graph: DataflowGraph,
  options?: Options,
) => Promise<Engine>;
