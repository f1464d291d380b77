import * as Comlink from "comlink";
import type { OwnPackage } from "../models/package-source";
import type {
  CheckReport,
  CheckRequest,
  CompiledModel,
  CompileProgress,
  CompileRequest,
  CompilerApi,
  LabelRequest,
} from "./compiler-api";
import { type WorkerFactory, WorkerLine } from "./worker-line";

interface CallOptions<Progress> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * The page's side of the compiler worker, which starts with the first call. Calls take an
 * AbortSignal and always settle: when the worker dies they reject with `worker-lost`, and the next
 * call starts a new one. The worker keeps nothing between calls.
 */
export interface CompilerClient {
  /** All progress has come before it settles. */
  compile(request: CompileRequest, options?: CallOptions<CompileProgress>): Promise<CompiledModel>;
  /** Progress is a few words on what is under way. */
  check(request: CheckRequest, options?: CallOptions<string>): Promise<CheckReport>;
  label(request: LabelRequest, options?: CallOptions<never>): Promise<OwnPackage>;
  /** Ends the worker. Calls under way reject with `aborted`. */
  dispose(): void;
}

const startWorker: WorkerFactory = (name) =>
  new Worker(new URL("./compiler.worker.ts", import.meta.url), { type: "module", name });

export function createCompilerClient(createWorker: WorkerFactory = startWorker): CompilerClient {
  const line = new WorkerLine<CompilerApi>("compiler", createWorker);
  return {
    compile: (request, { signal, onProgress } = {}) =>
      line.start(signal, (api, id) =>
        api.compile(
          request,
          id,
          Comlink.proxy((progress: CompileProgress) => onProgress?.(progress)),
        ),
      ),
    check: (request, { signal, onProgress } = {}) =>
      line.start(signal, (api, id) =>
        api.check(
          request,
          id,
          Comlink.proxy((label: string) => onProgress?.(label)),
        ),
      ),
    label: (request, { signal } = {}) => line.start(signal, (api, id) => api.label(request, id)),
    dispose: () => line.dispose(),
  };
}
