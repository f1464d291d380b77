import { nullOn } from "../../graph/errors";
import probe from "./kernels/quads_probe.wgsl?raw";
import type { PipelineCache } from "./pipelines";
import { Staging } from "./staging";

/** Threads of the probe: two workgroups. */
const THREADS = 128;

/**
 * Are four consecutive threads of a workgroup a quad, so that `quads.wgsl` works? Asks the GPU;
 * false without subgroups.
 */
export async function threadsFormQuads(device: GPUDevice, pipelines: PipelineCache): Promise<boolean> {
  if (!device.features.has("subgroups")) return false;
  // A driver may list subgroups and yet refuse to build with them.
  const pipeline = await pipelines.get("quads_probe", probe, {}).catch(nullOn("engine-failed"));
  if (!pipeline) return false;
  const bytes = THREADS * 4;
  const unused = device.createBuffer({ size: 256, usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.STORAGE });
  const sink = device.createBuffer({ size: bytes, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC });
  const bindGroup = device.createBindGroup({
    layout: pipelines.bindGroupLayout,
    entries: [unused, unused, sink, unused, unused].map((buffer, binding) => ({
      binding,
      resource: { buffer },
    })),
  });
  const staging = new Staging(device);
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindGroup);
  pass.dispatchWorkgroups(THREADS / 64);
  pass.end();
  staging.copy(encoder, [{ buffer: sink, bytes }]);
  device.queue.submit([encoder.finish()]);
  const [answers] = await staging.read();
  for (const buffer of [unused, sink]) buffer.destroy();
  staging.destroy();
  return answers?.every((answer) => answer === 1) ?? false;
}
