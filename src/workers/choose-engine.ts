import type { Backend, CreateOptions, Engine } from "../emulator/engine";
import { StreamscopeError } from "../graph/errors";
import type { ModelPackage } from "../graph/package/read";

/**
 * Sets up the engine that was asked for. `auto` takes WebGPU, and where there is none or it
 * fails to start, ONNX Runtime; `fallback` then says why. Each engine's code is loaded only
 * when it is needed.
 */
export async function chooseEngine(
  { graph }: ModelPackage,
  backend: Backend | "auto",
  options: CreateOptions,
): Promise<{ engine: Engine; fallback: string | null }> {
  if (backend !== "auto") return { engine: await create[backend](graph, options), fallback: null };
  try {
    return { engine: await create.webgpu(graph, options), fallback: null };
  } catch (error) {
    if (error instanceof StreamscopeError && error.code === "aborted") throw error;
    const why = error instanceof Error ? error.message : String(error);
    return { engine: await create.ort(graph, options), fallback: why };
  }
}

type Create = (graph: ModelPackage["graph"], options: CreateOptions) => Promise<Engine>;

const create: Record<Backend, Create> = {
  webgpu: async (graph, options) =>
    (await import("../emulator/webgpu/engine")).createWebGpuEngine(graph, options),
  ort: async (graph, options) => (await import("../emulator/ort/engine")).createOrtEngine(graph, options),
  reference: async (graph, options) =>
    (await import("../emulator/reference/engine")).createReferenceEngine(graph, options),
};
