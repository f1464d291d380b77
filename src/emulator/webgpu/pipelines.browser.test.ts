import { afterAll, beforeAll, expect, it } from "vitest";
import { PipelineCache } from "./pipelines";
import { realGpu } from "./testing/gpu";

const source = "override SIZE = 1u; @compute @workgroup_size(SIZE) fn main() {}";

let device: GPUDevice;
beforeAll(async () => {
  const adapter = await realGpu().requestAdapter();
  if (!adapter) throw new Error("these tests need a GPU adapter");
  device = await adapter.requestDevice();
});
afterAll(() => device.destroy());

it("compiles each pair of source and overrides once", async () => {
  const cache = new PipelineCache(device);
  const one = cache.get("sized", source, { SIZE: 1 });
  expect(cache.get("sized", source, { SIZE: 1 })).toBe(one);
  expect(cache.get("sized", source, { SIZE: 2 })).not.toBe(one);
  expect(await one).toBeInstanceOf(GPUComputePipeline);
});

it("names the kernel and the place of an error in its source", async () => {
  const broken = new PipelineCache(device).get("broken", "@compute fn main() { let x = y; }", {});
  await expect(broken).rejects.toMatchObject({
    code: "engine-failed",
    message: expect.stringMatching(/broken\.wgsl .*1:30 .*'y'/),
  });
});

it("names the kernel that a driver cannot build", async () => {
  const huge = new PipelineCache(device).get("huge", source, { SIZE: 100_000 });
  await expect(huge).rejects.toMatchObject({ code: "engine-failed", details: { kernel: "huge" } });
});
