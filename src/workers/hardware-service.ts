import * as Comlink from "comlink";
import type { DataflowGraph } from "../graph/dataflow";
import { StreamscopeError, throwIfAborted } from "../graph/errors";
import type { ModelPackage } from "../graph/package/read";
import { baseFolding } from "../hardware/base-folding";
import { type Board, boards } from "../hardware/boards";
import { editFolding, type FoldingEdit } from "../hardware/edit-folding";
import { type FoldedGraph, type FoldOptions, foldGraph } from "../hardware/fold-graph";
import { type FoldToBudget, foldToBudget } from "../hardware/fold-to-budget";
import { type FoldToTarget, foldToTarget } from "../hardware/fold-to-target";
import { type FoldingReport, foldingReport } from "../hardware/folding-report";
import type { Folded, Resources } from "../hardware/model";
import { withStandaloneThresholds } from "../hardware/standalone-thresholds";
import { loadFromSource } from "../models/load-from-source";
import { type LoadedPackage, type LoadPackageOptions, stageLabels } from "../models/load-package";
import { type PackageSource, sourceId } from "../models/package-source";
import { browserPackageStore } from "../models/package-store";
import type { Simulation } from "../simulator/result";
import type { FifoSizes } from "../simulator/size-fifos";
import type { Trace } from "../simulator/trace";
import { type Answer, answer } from "./answer";
import { type CallId, OpenCalls } from "./calls";
import { foldedNodes } from "./folded-nodes";
import type {
  BaseReport,
  BaseRequest,
  ConstantsRequest,
  EditReport,
  FoldRequest,
  Found,
  HardwareApi,
  HardwareProgress,
  LoadedHardware,
  NodeConstants,
  NodesRequest,
  SimulateRequest,
} from "./hardware-api";
import { nodeConstants } from "./node-constants";
import { notLoaded } from "./not-loaded";

type Load = (
  source: PackageSource,
  options: LoadPackageOptions,
) => Promise<Pick<LoadedPackage, "modelPackage" | "fromStore">>;

const loadThroughStore: Load = (source, options) =>
  loadFromSource(source, { ...options, store: browserPackageStore() });

/**
 * What foldings of the loaded network cost and how they stream; lives in the worker. The simulator is
 * loaded when it is first asked for.
 */
export class HardwareService implements HardwareApi {
  readonly #calls = new OpenCalls();
  readonly #load: Load;
  #loaded: { id: string; modelPackage: ModelPackage } | null = null;
  /** The package that was asked for last. */
  #wanted: string | null = null;
  /** The loaded network with thresholds as nodes of their own, made when first asked for. */
  #standalone: DataflowGraph | null = null;

  constructor(load: Load = loadThroughStore) {
    this.#load = load;
  }

  load(
    source: PackageSource,
    call: CallId,
    onProgress: (progress: HardwareProgress) => void,
  ): Promise<Answer<LoadedHardware>> {
    const id = sourceId(source);
    this.#wanted = id;
    return this.#answer(call, async (signal) => {
      const atHand = this.#loaded?.id === id ? this.#loaded : null;
      const { modelPackage, fromStore } = atHand
        ? { ...atHand, fromStore: true }
        : await this.#load(source, {
            signal,
            onProgress: (stage, done, total) => onProgress({ stage, done, total, label: stageLabels[stage] }),
          });
      throwIfAborted(signal);
      if (this.#wanted !== id) throw new StreamscopeError("aborted", "Another model was opened meanwhile.");
      if (!atHand) {
        this.#loaded = { id, modelPackage };
        this.#standalone = null;
      }
      return { name: modelPackage.graph.name, checksum: modelPackage.checksum, fromStore };
    });
  }

  base({ board }: BaseRequest, call: CallId): Promise<Answer<BaseReport>> {
    return this.#answer(call, async () => {
      const base = baseFolding(this.#graphFor(boards[board]), boards[board]);
      const { config } = base;
      return { ...base, report: foldingReport(this.#fold({ board, config }), boards[board]) };
    });
  }

  fold(request: FoldRequest, call: CallId): Promise<Answer<FoldingReport>> {
    return this.#answer(call, async () => foldingReport(this.#fold(request), boards[request.board]));
  }

  edit(request: FoldRequest & { readonly edit: FoldingEdit }, call: CallId): Promise<Answer<EditReport>> {
    return this.#answer(call, async () => {
      const graph = this.#graphFor(boards[request.board]);
      const edited = editFolding(graph, request.config, request.edit, optionsOf(request));
      const { config, folded, along, givenUp } = edited;
      return { config, report: foldingReport(folded, boards[request.board]), along, givenUp };
    });
  }

  foldToTarget(
    request: FoldRequest & { readonly fps: number },
    call: CallId,
  ): Promise<Answer<Found<FoldToTarget>>> {
    return this.#answer(call, async () => {
      const board = boards[request.board];
      const target = { fps: request.fps, clockNs: board.clockNs };
      const options = { base: request.config, board, ...optionsOf(request) };
      const found = foldToTarget(this.#graphFor(board), target, options);
      return { found, report: this.#reportOf(request, found) };
    });
  }

  foldToBudget(
    request: FoldRequest & { readonly share: number },
    call: CallId,
  ): Promise<Answer<Found<FoldToBudget>>> {
    return this.#answer(call, async () => {
      const board = boards[request.board];
      const options = { base: request.config, board, ...optionsOf(request) };
      const found = foldToBudget(this.#graphFor(board), shareOf(board.capacity, request.share), options);
      return { found, report: this.#reportOf(request, found) };
    });
  }

  async simulate(
    { frames, maxFrames, trace, ...request }: SimulateRequest,
    call: CallId,
    onProgress: (share: number) => void,
  ): Promise<Answer<Simulation>> {
    const simulated = await this.#answer(call, async (signal) => {
      const folded = this.#fold(request);
      const { simulate } = await import("../simulator/simulate");
      return simulate(folded, {
        ...(frames === undefined ? {} : { frames }),
        ...(maxFrames === undefined ? {} : { maxFrames }),
        ...(trace ? { trace } : {}),
        signal,
        onProgress,
      });
    });
    return simulated.ok && simulated.value.trace
      ? Comlink.transfer(simulated, buffersOf(simulated.value.trace))
      : simulated;
  }

  sizeFifos(
    request: FoldRequest,
    call: CallId,
    onProgress: (share: number) => void,
  ): Promise<Answer<FifoSizes>> {
    return this.#answer(call, async (signal) => {
      const folded = this.#fold(request);
      const { sizeFifos } = await import("../simulator/size-fifos");
      return sizeFifos(folded, { signal, onProgress });
    });
  }

  constants({ node, board }: ConstantsRequest, call: CallId): Promise<Answer<NodeConstants>> {
    return this.#answer(call, async () => nodeConstants(this.#graphFor(boards[board]), node));
  }

  nodes({ names, ...request }: NodesRequest, call: CallId): Promise<Answer<readonly Folded[]>> {
    return this.#answer(call, async () => foldedNodes(this.#fold(request), names));
  }

  cancel(call: CallId): void {
    this.#calls.cancel(call);
  }

  #answer<T>(call: CallId, work: (signal: AbortSignal) => Promise<T>): Promise<Answer<T>> {
    return answer("hardware model", () => this.#calls.run(call, work));
  }

  #reportOf(request: FoldRequest, { config }: Pick<FoldRequest, "config">): FoldingReport {
    return foldingReport(this.#fold({ ...request, config }), boards[request.board]);
  }

  #fold(request: FoldRequest): FoldedGraph {
    return foldGraph(this.#graphFor(boards[request.board]), request.config, optionsOf(request));
  }

  #graphFor({ standaloneThresholds }: Board): DataflowGraph {
    if (!this.#loaded) throw notLoaded("hardware model");
    const { graph } = this.#loaded.modelPackage;
    if (!standaloneThresholds) return graph;
    this.#standalone ??= withStandaloneThresholds(graph);
    return this.#standalone;
  }
}

const optionsOf = ({ widths }: FoldRequest): FoldOptions => (widths ? { widths } : {});

/** Whole primitives within a share, from 0 to 1, of a board's. */
function shareOf({ lut, bram18, uram, dsp }: Resources, share: number): Resources {
  const part = (amount: number) => Math.floor(amount * share);
  return { lut: part(lut), bram18: part(bram18), uram: part(uram), dsp: part(dsp) };
}

function buffersOf({ machines, streams }: Trace): ArrayBufferLike[] {
  return [
    ...machines.flatMap(({ busy, blocked }) => [busy.buffer, blocked.buffer]),
    ...streams.flatMap(({ written, read }) => [written.buffer, read.buffer]),
  ];
}
