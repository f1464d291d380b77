import type { IntegerArray } from "../../graph/dataflow";
import { GpuStep } from "./gpu-step";
import { bytesOf, packMap } from "./layout";
import type { PipelineCache } from "./pipelines";
import type { Plan, PlannedMap } from "./plan";
import type { KernelCall } from "./steps/call";
import type { KernelTraits } from "./steps/traits";

/**
 * The network on the GPU: a buffer for every map, so that any node can be tapped after a run, and
 * the steps between them. Nothing comes back to the CPU in between.
 */
export class Network {
  readonly #buffers: readonly GPUBuffer[];
  readonly #steps: GpuStep[] = [];

  constructor(
    private readonly device: GPUDevice,
    private readonly pipelines: PipelineCache,
    private readonly traits: KernelTraits,
    private readonly plan: Plan,
  ) {
    this.#buffers = bufferSizes(plan).map((size) =>
      device.createBuffer({
        size,
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
      }),
    );
  }

  /** Step `index` of the plan by this kernel, ready to run between its maps. */
  createStep(index: number, call: KernelCall): Promise<GpuStep> {
    const step = this.plan.steps[index];
    if (!step) throw new RangeError(`no step ${index}`);
    const { device, pipelines, traits } = this;
    return GpuStep.create(
      device,
      pipelines,
      traits,
      call,
      this.bufferOf(step.input),
      this.bufferOf(step.output),
    );
  }

  /** Makes this the step at `index` of the plan. Every step must have been set before `encode`. */
  useStep(index: number, step: GpuStep): void {
    this.#steps[index] = step;
  }

  write(values: IntegerArray): void {
    const { input } = this.plan;
    this.device.queue.writeBuffer(this.bufferOf(input), 0, packMap(input.layout, values));
  }

  encode(encoder: GPUCommandEncoder): void {
    const pass = encoder.beginComputePass();
    for (const step of this.#steps) step.dispatch(pass);
    pass.end();
  }

  bufferOf(map: PlannedMap): GPUBuffer {
    const buffer = this.#buffers[map.buffer];
    if (!buffer) throw new RangeError(`no buffer ${map.buffer}`);
    return buffer;
  }
}

/** Bytes of the largest buffer that the plan can need: a map, or weights at 32 bits each. */
export function largestBuffer(plan: Plan): number {
  const weights = plan.steps.map(({ operation }) =>
    "node" in operation && "weights" in operation.node ? operation.node.weights.data.length * 4 : 0,
  );
  return Math.max(...bufferSizes(plan), ...weights);
}

/** Bytes of each of the plan's buffers. */
function bufferSizes({ steps, input, buffers }: Plan): number[] {
  const sizes = new Array<number>(buffers).fill(0);
  const maps = [input, ...steps.map(({ output }) => output)];
  for (const { layout, buffer } of maps) sizes[buffer] = bytesOf(layout);
  return sizes;
}
