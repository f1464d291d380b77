import wasmUrl from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import type * as Ort from "onnxruntime-web/wasm";
import { StreamscopeError } from "../../graph/errors";

let loading: Promise<typeof Ort> | null = null;

/**
 * ONNX Runtime's script and WebAssembly (14 MB, from our own origin), fetched on the first
 * call. Throws `network` if that fails; the next call tries again.
 */
export function loadRuntime(): Promise<typeof Ort> {
  loading ??= load().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load(): Promise<typeof Ort> {
  const [ort, response] = await Promise.all([import("onnxruntime-web/wasm"), fetch(wasmUrl)]).catch(
    unreachable,
  );
  if (!response.ok) unreachable(`${response.status} ${response.statusText}`);
  // Fetched here and not by the runtime, which never recovers from a failed start.
  ort.env.wasm.wasmBinary = await response.arrayBuffer().catch(unreachable);
  // More threads need cross-origin isolation, which static hosts seldom offer.
  ort.env.wasm.numThreads = 1;
  return ort;
}

function unreachable(cause: unknown): never {
  throw new StreamscopeError(
    "network",
    "ONNX Runtime could not be fetched. Check the connection and try again.",
    {},
    { cause },
  );
}
