import { kernelSource } from "./kernels";
import type { PipelineCache } from "./pipelines";
import { type KernelCall, layerUniform, type PackedData } from "./steps/call";
import type { KernelTraits } from "./steps/traits";

/** Workgroups along one dimension of a dispatch: WebGPU's default limit. */
const MOST_WORKGROUPS = 65535;

/** A dispatch that is ready to go: pipeline, bindings, size. Owns the layer's constants on the GPU. */
export class GpuStep {
  private constructor(
    private readonly pipeline: GPUComputePipeline,
    private readonly bindGroup: GPUBindGroup,
    private readonly size: readonly [x: number, y: number],
    private readonly owned: readonly GPUBuffer[],
  ) {}

  /** Uploads the layer's constants while its pipeline is built. `input` and `output` stay the caller's. */
  static async create(
    device: GPUDevice,
    pipelines: PipelineCache,
    traits: KernelTraits,
    call: KernelCall,
    input: GPUBuffer,
    output: GPUBuffer,
  ): Promise<GpuStep> {
    const source = kernelSource(call.kernel, traits.quad === 4);
    const building = pipelines.get(call.kernel, source, call.overrides);
    const owned = [
      upload(device, layerUniform(call.layer), GPUBufferUsage.UNIFORM),
      upload(device, call.constants?.() ?? NOTHING, GPUBufferUsage.STORAGE),
      upload(device, call.thresholds?.() ?? NOTHING, GPUBufferUsage.STORAGE),
    ] as const;
    const [layer, constants, thresholds] = owned;
    const bindGroup = device.createBindGroup({
      layout: pipelines.bindGroupLayout,
      entries: [layer, input, output, constants, thresholds].map((buffer, binding) => ({
        binding,
        resource: { buffer },
      })),
    });
    return new GpuStep(await building, bindGroup, dispatchSize(call.workgroups), owned);
  }

  dispatch(pass: GPUComputePassEncoder): void {
    pass.setPipeline(this.pipeline);
    pass.setBindGroup(0, this.bindGroup);
    pass.dispatchWorkgroups(...this.size);
  }

  destroy(): void {
    for (const buffer of this.owned) buffer.destroy();
  }
}

/** Folds many workgroups into two dimensions; kernels unfold them (`threadNumber` in `layer.wgsl`). */
export function dispatchSize(workgroups: number): readonly [x: number, y: number] {
  const x = Math.min(workgroups, MOST_WORKGROUPS);
  return [x, Math.ceil(workgroups / x)];
}

/** What a kernel without constants or thresholds gets bound in their place: WebGPU binds no empty buffers. */
const NOTHING = new Uint32Array(4);

function upload(device: GPUDevice, data: PackedData, usage: GPUBufferUsageFlags): GPUBuffer {
  const size = Math.max(data.byteLength, NOTHING.byteLength);
  const buffer = device.createBuffer({ size, usage: usage | GPUBufferUsage.COPY_DST });
  device.queue.writeBuffer(buffer, 0, data);
  return buffer;
}
