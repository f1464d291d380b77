import type { Backend, CreateOptions, Engine } from "../emulator/engine";
import { nullOn, StreamscopeError } from "../graph/errors";
import type { ModelPackage } from "../graph/package/read";
import { browserChoiceStore } from "../models/choice-store";

/**
 * Sets up the engine that was asked for. `auto` takes WebGPU, and where there is none or it
 * fails to start, ONNX Runtime; `fallback` then says why. Each engine's code is loaded only
 * when it is needed.
 */
export async function chooseEngine(
  modelPackage: ModelPackage,
  backend: Backend | "auto",
  options: CreateOptions,
): Promise<{ engine: Engine; fallback: string | null }> {
  if (backend !== "auto") return { engine: await create[backend](modelPackage, options), fallback: null };
  try {
    return { engine: await create.webgpu(modelPackage, options), fallback: null };
  } catch (error) {
    if (error instanceof StreamscopeError && error.code === "aborted") throw error;
    const why = error instanceof Error ? error.message : String(error);
    return { engine: await create.ort(modelPackage, options), fallback: why };
  }
}

type Create = (modelPackage: ModelPackage, options: CreateOptions) => Promise<Engine>;

const create: Record<Backend, Create> = {
  webgpu: createWebGpu,
  ort: async ({ graph }, options) => {
    const { createOrtEngine } = await import("../emulator/ort/engine");
    return createOrtEngine(graph, options);
  },
  reference: async ({ graph }, options) => {
    const { createReferenceEngine } = await import("../emulator/reference/engine");
    return createReferenceEngine(graph, options);
  },
};

/** With the kernel variant that was fastest on the last visit, if the adapter is still the same. */
async function createWebGpu({ graph, checksum }: ModelPackage, options: CreateOptions): Promise<Engine> {
  const [{ createWebGpuEngine }, { pointwiseVariants }] = await Promise.all([
    import("../emulator/webgpu/engine"),
    import("../emulator/webgpu/steps/mvau"),
  ]);
  const choices = browserChoiceStore();
  const choice = await choices.get(checksum);
  const pointwise = pointwiseVariants.find((variant) => variant === choice?.variant);
  if (pointwise && choice?.adapter) {
    // A variant that a new driver no longer builds is timed against the others again, below.
    const engine = await createWebGpuEngine(graph, { ...options, pointwise }).catch(nullOn("engine-failed"));
    if (engine?.info.adapter === choice.adapter) return engine;
    engine?.dispose();
  }
  const engine = await createWebGpuEngine(graph, options);
  const { adapter, variants } = engine.info;
  if (variants.pointwise) void choices.put(checksum, { adapter, variant: variants.pointwise });
  return engine;
}
