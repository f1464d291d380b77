import type { Constant } from "../graph/dataflow";
import type { BaseFolding } from "../hardware/base-folding";
import type { Board } from "../hardware/boards";
import type { CoupledAxis } from "../hardware/couplings";
import type { FoldingEdit } from "../hardware/edit-folding";
import type { FoldToBudget } from "../hardware/fold-to-budget";
import type { FoldToTarget } from "../hardware/fold-to-target";
import type { FoldingConfig } from "../hardware/folding-config";
import type { FoldingReport } from "../hardware/folding-report";
import type { Widths } from "../hardware/hardware-types";
import type { Folded } from "../hardware/model";
import type { PackageSource } from "../models/package-source";
import type { Simulation } from "../simulator/result";
import type { SimulateOptions } from "../simulator/simulate";
import type { FifoSizes } from "../simulator/size-fifos";
import type { Answer } from "./answer";
import type { CallId } from "./calls";

/**
 * What the page and the hardware worker say to each other: what a folding costs and how it streams.
 * The page sees no weights but those of the node it asks for. All of it survives structured cloning. A folding that the network
 * cannot have is refused with `bad-input`, naming the node.
 */
export interface HardwareApi {
  /**
   * Loads and checks a package, or takes it from the browser's store. Loading again replaces what was
   * loaded; the newest wish wins, whichever is there first.
   */
  load(
    source: PackageSource,
    call: CallId,
    onProgress: (progress: HardwareProgress) => void,
  ): Promise<Answer<LoadedHardware>>;
  /** The folding that one begins with on a board, and what it comes to. */
  base(request: BaseRequest, call: CallId): Promise<Answer<BaseReport>>;
  /** What a folding comes to. */
  fold(request: FoldRequest, call: CallId): Promise<Answer<FoldingReport>>;
  /** Changes one PE or SIMD, and what must change along. */
  edit(request: FoldRequest & { readonly edit: FoldingEdit }, call: CallId): Promise<Answer<EditReport>>;
  /** The cheapest folding that gives so many frames a second; the rest of its attributes as in `config`. */
  foldToTarget(
    request: FoldRequest & { readonly fps: number },
    call: CallId,
  ): Promise<Answer<Found<FoldToTarget>>>;
  /** The fastest folding within a share of the board, from 0 to 1. */
  foldToBudget(
    request: FoldRequest & { readonly share: number },
    call: CallId,
  ): Promise<Answer<Found<FoldToBudget>>>;
  /** Streams frames through the folded network. The trace's arrays are handed over, not copied. */
  simulate(
    request: SimulateRequest,
    call: CallId,
    onProgress: (share: number) => void,
  ): Promise<Answer<Simulation>>;
  /** The least FIFO depths that keep the rate of frames. */
  sizeFifos(
    request: FoldRequest,
    call: CallId,
    onProgress: (share: number) => void,
  ): Promise<Answer<FifoSizes>>;
  /** Copies of a node's weights, thresholds and bias. `bad-input` for a node that is not there. */
  constants(request: ConstantsRequest, call: CallId): Promise<Answer<NodeConstants>>;
  /** Nodes as they are folded, with copies of what they hold, in the order of their names. */
  nodes(request: NodesRequest, call: CallId): Promise<Answer<readonly Folded[]>>;
  /** Stops a call; it rejects with `aborted`. */
  cancel(call: CallId): void;
}

export interface HardwareProgress {
  readonly stage: "manifest" | "weights" | "checks";
  /** Bytes in the stage `weights`. */
  readonly done: number;
  readonly total: number;
  /** A few words for people. */
  readonly label: string;
}

export interface LoadedHardware {
  readonly name: string;
  /** Names the package and so the model: its manifest's SHA-256. */
  readonly checksum: string;
  /** Was the package already in this browser's store? */
  readonly fromStore: boolean;
}

export interface BaseRequest {
  readonly board: Board["name"];
}

export interface BaseReport extends BaseFolding {
  readonly report: FoldingReport;
}

export interface FoldRequest {
  /** Decides clock and capacity, and whether thresholds are nodes of their own. */
  readonly board: Board["name"];
  readonly config: FoldingConfig;
  /** Default: `from-weights`. */
  readonly widths?: Widths;
}

export interface EditReport {
  readonly config: FoldingConfig;
  readonly report: FoldingReport;
  /** The neighbour's axis that changed too. */
  readonly along: CoupledAxis | null;
  /** FIFOs, by their names before, whose settings were given up. */
  readonly givenUp: readonly string[];
}

/** What a search found, and what it comes to. */
export interface Found<T> {
  readonly found: T;
  readonly report: FoldingReport;
}

export interface SimulateRequest
  extends FoldRequest,
    Pick<SimulateOptions, "frames" | "maxFrames" | "trace"> {}

export interface ConstantsRequest {
  readonly node: string;
  /** Decides where the thresholds are: in the MVAU and VVAU, or, on Zynq, in nodes of their own. */
  readonly board: Board["name"];
}

export interface NodesRequest extends FoldRequest {
  readonly names: readonly string[];
}

/** What a node holds; null for what its kind does not have. */
export interface NodeConstants {
  /** `[mh, mw]` of an MVAU, `[channels, kh*kw]` of a VVAU. */
  readonly weights: Constant | null;
  /** `[channels, steps]`, each row ascending. */
  readonly thresholds: Constant | null;
  /** The activation below the first threshold (FINN's ActVal); 0 where there are no thresholds. */
  readonly actVal: number;
  /** Bias: `[channels]`. */
  readonly parameters: Constant | null;
}
