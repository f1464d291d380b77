import { StreamscopeError } from "../../graph/errors";

/**
 * The one owner of shader modules and pipelines: each pair of source and overrides is compiled
 * once, and layers that agree in both share it. (Shapes are uniforms, not overrides, for that
 * reason: the 13 pointwise layers are one pipeline, which on a software GPU saves seconds.)
 *
 * All kernels have the bindings of `layer.wgsl`, so one layout serves all.
 */
export class PipelineCache {
  readonly bindGroupLayout: GPUBindGroupLayout;
  readonly #layout: GPUPipelineLayout;
  readonly #modules = new Map<string, Promise<GPUShaderModule>>();
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();

  constructor(private readonly device: GPUDevice) {
    const types = [
      "uniform",
      "read-only-storage",
      "storage",
      "read-only-storage",
      "read-only-storage",
    ] as const;
    this.bindGroupLayout = device.createBindGroupLayout({
      entries: types.map((type, binding) => ({
        binding,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type },
      })),
    });
    this.#layout = device.createPipelineLayout({ bindGroupLayouts: [this.bindGroupLayout] });
  }

  /**
   * The pipeline of this source with these overrides. `name` is the file's, for messages.
   * Throws `engine-failed` with the compiler's messages if the GPU's driver refuses it.
   */
  get(
    name: string,
    source: string,
    overrides: Readonly<Record<string, number>>,
  ): Promise<GPUComputePipeline> {
    const key = JSON.stringify([name, overrides]);
    const known = this.#pipelines.get(key);
    if (known) return known;
    const pipeline = this.#create(name, source, overrides);
    this.#pipelines.set(key, pipeline);
    return pipeline;
  }

  async #create(name: string, source: string, overrides: Readonly<Record<string, number>>) {
    const module = await this.#module(name, source);
    try {
      return await this.device.createComputePipelineAsync({
        label: name,
        layout: this.#layout,
        compute: { module, entryPoint: "main", constants: overrides },
      });
    } catch (cause) {
      throw kernelError(name, cause instanceof Error ? cause.message : String(cause), cause);
    }
  }

  #module(name: string, source: string): Promise<GPUShaderModule> {
    const known = this.#modules.get(name);
    if (known) return known;
    const module = this.#compile(name, source);
    this.#modules.set(name, module);
    return module;
  }

  async #compile(name: string, code: string): Promise<GPUShaderModule> {
    this.device.pushErrorScope("validation");
    const module = this.device.createShaderModule({ label: name, code });
    const error = await this.device.popErrorScope();
    if (!error) return module;
    const { messages } = await module.getCompilationInfo();
    const lines = messages.map(({ lineNum, linePos, message }) => `${lineNum}:${linePos} ${message}`);
    throw kernelError(name, lines.join("; ") || error.message, error);
  }
}

const kernelError = (name: string, why: string, cause: unknown): StreamscopeError =>
  new StreamscopeError(
    "engine-failed",
    `The GPU kernel ${name}.wgsl could not be built: ${why}`,
    { kernel: name },
    { cause },
  );
