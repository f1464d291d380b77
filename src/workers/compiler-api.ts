import type { PassStep } from "../compiler/pass";
import type { GraphChange } from "../compiler/snapshot";
import type { GraphSummary } from "../compiler/summary";
import type { LayerComparison } from "../emulator/compare-engines";
import type { TestPattern } from "../emulator/test-pattern";
import type { OwnPackage, PackageSource } from "../models/package-source";
import type { Answer } from "./answer";
import type { CallId } from "./calls";

/**
 * What the page and the compiler worker say to each other. All of it survives structured cloning;
 * files cross as Blobs, which are not copied.
 */
export interface CompilerApi {
  /** Reads an ONNX file, or fetches it from an address that the user typed, and compiles it. */
  compile(
    request: CompileRequest,
    call: CallId,
    onProgress: (progress: CompileProgress) => void,
  ): Promise<Answer<CompiledModel>>;
  /**
   * Runs one frame through the reference and through ONNX Runtime, which computes the network's
   * standard-ONNX twin, and compares every layer.
   */
  check(
    request: CheckRequest,
    call: CallId,
    onProgress: (label: string) => void,
  ): Promise<Answer<CheckReport>>;
  /** The same package with names of classes out of a file that has one a line. */
  label(request: LabelRequest, call: CallId): Promise<Answer<OwnPackage>>;
  /** Stops a call; it rejects with `aborted`. */
  cancel(call: CallId): void;
}

export interface CompileRequest {
  /** The file, or the address that the user typed. */
  readonly model: Blob | string;
  /** Name of the network. */
  readonly name: string;
  /** What to do with a model that does not say which integers it reads; see `CompileOptions`. */
  readonly preprocessing: "auto" | "none";
}

export type CompileProgress =
  | { readonly stage: "fetching"; readonly received: number; readonly total: number | null }
  /** The file was read; this is its graph, before any pass. */
  | { readonly stage: "read"; readonly graph: GraphChange }
  | { readonly stage: "pass"; readonly step: RecordedStep };

/** A pass that is done, with what the graph became. */
export interface RecordedStep extends PassStep {
  readonly graph: GraphChange;
}

export interface CompiledModel {
  readonly name: string;
  readonly package: OwnPackage;
  /** Of the ONNX file. */
  readonly fileBytes: number;
  readonly input: { readonly shape: readonly number[]; readonly datatype: string };
  readonly classes: number;
  readonly summary: GraphSummary;
  /** What was assumed about the model, in sentences. */
  readonly notes: readonly string[];
  /** Thresholds within rounding of an integer, see `CompileResult`. */
  readonly nearTies: number;
}

export interface CheckRequest {
  readonly source: PackageSource;
  /** The very bytes that a network saw, or a made-up frame. */
  readonly input: Uint8Array | TestPattern;
}

export interface CheckReport {
  readonly layers: readonly LayerComparison[];
  /** What ONNX Runtime says of itself. */
  readonly runtime: string;
}

export interface LabelRequest {
  readonly package: OwnPackage;
  readonly labels: Blob;
}
