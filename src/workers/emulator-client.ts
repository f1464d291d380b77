import * as Comlink from "comlink";
import type {
  Classification,
  ClassifyOptions,
  EmulatorApi,
  LoadedModel,
  LoadProgress,
  LoadRequest,
  NetworkRun,
  PictureData,
  PreparedInput,
} from "./emulator-api";
import { type WorkerFactory, WorkerLine } from "./worker-line";

/**
 * The page's side of the emulator worker. Calls take an AbortSignal and always settle: when the
 * worker dies they reject with `worker-lost`, and the next `load` starts a new one.
 */
export interface EmulatorClient {
  load(
    request: LoadRequest,
    options?: { signal?: AbortSignal; onProgress?: (progress: LoadProgress) => void },
  ): Promise<LoadedModel>;
  /** Rejects with `worker-lost` if nothing is loaded in the worker, as after its death. */
  classify(picture: Blob, options?: ClassifyOptions & { signal?: AbortSignal }): Promise<Classification>;
  /** The network's input of a picture. A frame or bitmap goes over to the worker, which closes it. */
  prepare(picture: PictureData, options?: { signal?: AbortSignal }): Promise<PreparedInput>;
  /** Runs the network on an input: NHWC uint8. */
  run(input: Uint8Array, options?: ClassifyOptions & { signal?: AbortSignal }): Promise<NetworkRun>;
  /** Ends the worker. Calls under way reject with `aborted`. */
  dispose(): void;
}

const startWorker: WorkerFactory = (name) =>
  new Worker(new URL("./emulator.worker.ts", import.meta.url), { type: "module", name });

export function createEmulatorClient(createWorker: WorkerFactory = startWorker): EmulatorClient {
  const line = new WorkerLine<EmulatorApi>("emulator", createWorker);
  return {
    load(request, { signal, onProgress } = {}) {
      return line.start(signal, (api, id) =>
        api.load(
          request,
          id,
          Comlink.proxy((progress: LoadProgress) => onProgress?.(progress)),
        ),
      );
    },
    classify(picture, { signal, ...options } = {}) {
      return line.call(signal, (api, id) => api.classify(picture, options, id));
    },
    prepare(picture, { signal } = {}) {
      return line.call(signal, (api, id) =>
        api.prepare(picture instanceof Blob ? picture : Comlink.transfer(picture, [picture]), id),
      );
    },
    run(input, { signal, ...options } = {}) {
      return line.call(signal, (api, id) => api.run(input, options, id));
    },
    dispose: () => line.dispose(),
  };
}
