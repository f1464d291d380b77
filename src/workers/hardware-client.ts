import * as Comlink from "comlink";
import type { FoldingEdit } from "../hardware/edit-folding";
import type { FoldToBudget } from "../hardware/fold-to-budget";
import type { FoldToTarget } from "../hardware/fold-to-target";
import type { FoldingReport } from "../hardware/folding-report";
import type { Folded } from "../hardware/model";
import type { PackageSource } from "../models/package-source";
import type { Simulation } from "../simulator/result";
import type { FifoSizes } from "../simulator/size-fifos";
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
import { type WorkerFactory, WorkerLine } from "./worker-line";

interface CallOptions {
  readonly signal?: AbortSignal;
}

interface LongCallOptions extends CallOptions {
  /** Share of the work that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * The page's side of the hardware worker, which starts with the first `load`. Calls take an
 * AbortSignal and always settle: when the worker dies they reject with `worker-lost`, and the next
 * `load` starts a new one. A folding that the network cannot have is refused with `bad-input`.
 */
export interface HardwareClient {
  load(
    source: PackageSource,
    options?: CallOptions & { readonly onProgress?: (progress: HardwareProgress) => void },
  ): Promise<LoadedHardware>;
  base(request: BaseRequest, options?: CallOptions): Promise<BaseReport>;
  fold(request: FoldRequest, options?: CallOptions): Promise<FoldingReport>;
  edit(request: FoldRequest & { readonly edit: FoldingEdit }, options?: CallOptions): Promise<EditReport>;
  foldToTarget(
    request: FoldRequest & { readonly fps: number },
    options?: CallOptions,
  ): Promise<Found<FoldToTarget>>;
  /** `share` of the board, from 0 to 1. */
  foldToBudget(
    request: FoldRequest & { readonly share: number },
    options?: CallOptions,
  ): Promise<Found<FoldToBudget>>;
  simulate(request: SimulateRequest, options?: LongCallOptions): Promise<Simulation>;
  sizeFifos(request: FoldRequest, options?: LongCallOptions): Promise<FifoSizes>;
  constants(request: ConstantsRequest, options?: CallOptions): Promise<NodeConstants>;
  nodes(request: NodesRequest, options?: CallOptions): Promise<readonly Folded[]>;
  /** Ends the worker. Calls under way reject with `aborted`. */
  dispose(): void;
}

const startWorker: WorkerFactory = (name) =>
  new Worker(new URL("./hardware.worker.ts", import.meta.url), { type: "module", name });

export function createHardwareClient(createWorker: WorkerFactory = startWorker): HardwareClient {
  const line = new WorkerLine<HardwareApi>("hardware model", createWorker);
  const shares = (onProgress: ((share: number) => void) | undefined) =>
    Comlink.proxy((share: number) => onProgress?.(share));
  return {
    load: (source, { signal, onProgress } = {}) =>
      line.start(signal, (api, id) =>
        api.load(
          source,
          id,
          Comlink.proxy((progress: HardwareProgress) => onProgress?.(progress)),
        ),
      ),
    base: (request, { signal } = {}) => line.call(signal, (api, id) => api.base(request, id)),
    fold: (request, { signal } = {}) => line.call(signal, (api, id) => api.fold(request, id)),
    edit: (request, { signal } = {}) => line.call(signal, (api, id) => api.edit(request, id)),
    foldToTarget: (request, { signal } = {}) => line.call(signal, (api, id) => api.foldToTarget(request, id)),
    foldToBudget: (request, { signal } = {}) => line.call(signal, (api, id) => api.foldToBudget(request, id)),
    simulate: (request, { signal, onProgress } = {}) =>
      line.call(signal, (api, id) => api.simulate(request, id, shares(onProgress))),
    sizeFifos: (request, { signal, onProgress } = {}) =>
      line.call(signal, (api, id) => api.sizeFifos(request, id, shares(onProgress))),
    constants: (request, { signal } = {}) => line.call(signal, (api, id) => api.constants(request, id)),
    nodes: (request, { signal } = {}) => line.call(signal, (api, id) => api.nodes(request, id)),
    dispose: () => line.dispose(),
  };
}
