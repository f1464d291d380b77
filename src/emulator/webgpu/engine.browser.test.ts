import { beforeAll, describe, expect, it } from "vitest";
import { uint } from "../../graph/datatype";
import { StreamscopeError } from "../../graph/errors";
import type { Engine, RunResult } from "../engine";
import { createReferenceEngine } from "../reference/engine";
import { describeEngine } from "../testing/conformance";
import { mobilenetShaped } from "../testing/mobilenet";
import { Random } from "../testing/random";
import { createWebGpuEngine } from "./engine";
import { pointwiseVariants } from "./steps/mvau";
import { lesserGpu, realGpu } from "./testing/gpu";

beforeAll(async () => {
  expect(await realGpu().requestAdapter(), "these tests need a GPU adapter, software or not").not.toBeNull();
});

describeEngine("webgpu", createWebGpuEngine, { numRuns: 20 });

const small = mobilenetShaped({ seed: 5, width: 1 / 8, inputSize: 48, classes: 20 });
const smallFrame = (seed: number) => new Random(seed).input(uint(8), small.input.shape);

async function using<T>(engine: Engine, use: (engine: Engine) => Promise<T>): Promise<T> {
  try {
    return await use(engine);
  } finally {
    engine.dispose();
  }
}

describe("the whole network", () => {
  const full = mobilenetShaped({ seed: 6 });
  const taps = full.nodes.filter(({ kind }) => kind !== "ConvolutionInputGenerator").map(({ name }) => name);
  const frame = new Random(7).input(uint(8), full.input.shape);
  let expected: RunResult;
  beforeAll(async () => {
    expected = await (await createReferenceEngine(full)).run(frame, { taps });
  });

  it.each(pointwiseVariants)("MobileNet at full width, every layer, with %s", async (pointwise) => {
    await using(await createWebGpuEngine(full, { pointwise }), async (engine) => {
      expect(engine.info.variants).toEqual({ pointwise });
      const got = await engine.run(frame, { taps });
      // As one boolean a tap: printing whole feature maps helps nobody.
      const wrong = taps.filter((tap) => !sameValues(got.taps.get(tap)?.data, expected.taps.get(tap)?.data));
      expect(wrong).toEqual([]);
      expect(got.logits).toEqual(expected.logits);
      expect(got.top).toEqual(expected.top);
    });
  });
});

function sameValues(a: ArrayLike<number> | undefined, b: ArrayLike<number> | undefined): boolean {
  if (!a || !b || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

describe("the choice of a pointwise variant", () => {
  it("times all that the device and the layer allow, and takes the fastest", async () => {
    await using(await createWebGpuEngine(small), async ({ info }) => {
      expect(Object.keys(info.calibrationMs).sort()).toEqual([
        "pointwise/dot4",
        "pointwise/float",
        "pointwise/lanes",
      ]);
      const times = Object.entries(info.calibrationMs).sort(([, a], [, b]) => a - b);
      expect(`pointwise/${info.variants.pointwise}`).toBe(times[0]?.[0]);
    });
  });

  it("is taken over from the caller without timing", async () => {
    await using(await createWebGpuEngine(small, { pointwise: "float" }), async ({ info }) => {
      expect(info).toMatchObject({ variants: { pointwise: "float" }, calibrationMs: {} });
    });
  });

  it("passes over what the device does not have", async () => {
    const { gpu } = lesserGpu({ dot4: false });
    await using(await createWebGpuEngine(small, { gpu, pointwise: "dot4" }), async ({ info }) => {
      expect(info.variants.pointwise).not.toBe("dot4");
      expect(Object.keys(info.calibrationMs)).not.toContain("pointwise/dot4");
    });
  });
});

describe("a device in trouble", () => {
  it("rejects runs under way and later with device-lost when the device goes away", async () => {
    const { gpu, devices } = lesserGpu();
    const engine = await createWebGpuEngine(small, { gpu });
    const running = [engine.run(smallFrame(1)), engine.run(smallFrame(2))];
    devices[0]?.destroy();
    for (const run of running)
      await expect(run).rejects.toMatchObject({ name: "StreamscopeError", code: "device-lost" });
    await expect(engine.run(smallFrame(3))).rejects.toMatchObject({ code: "device-lost" });
    engine.dispose();
  });

  it("rejects the making of an engine with device-lost when the device goes away", async () => {
    const { gpu, devices } = lesserGpu();
    const onProgress = (done: number) => {
      if (done === 3) devices[0]?.destroy();
    };
    await expect(createWebGpuEngine(small, { gpu, onProgress })).rejects.toMatchObject({
      code: "device-lost",
    });
  });

  it("fails a run on an error that nothing caught, and goes on after it", async () => {
    const { gpu, devices } = lesserGpu();
    await using(await createWebGpuEngine(small, { gpu }), async (engine) => {
      devices[0]?.createBuffer({ size: 4, usage: 0 }); // a validation error
      await expect(engine.run(smallFrame(4))).rejects.toMatchObject({ code: "engine-failed" });
      await expect(engine.run(smallFrame(4))).resolves.toHaveProperty("logits");
    });
  });

  it("does not disturb another engine", async () => {
    const { gpu, devices } = lesserGpu();
    const [doomed, other] = await Promise.all([
      createWebGpuEngine(small, { gpu }),
      createWebGpuEngine(small),
    ]);
    const [, first] = await Promise.all([doomed.run(smallFrame(5)), other.run(smallFrame(5))]);
    devices[0]?.destroy();
    const again = await using(other, (engine) => engine.run(smallFrame(5)));
    expect(again.logits).toEqual(first.logits);
    doomed.dispose();
  });
});

describe("no WebGPU", () => {
  const refusal = async (gpu: GPU | null): Promise<StreamscopeError> => {
    try {
      (await createWebGpuEngine(small, { gpu })).dispose();
    } catch (error) {
      if (error instanceof StreamscopeError) return error;
    }
    throw new Error("an engine was made, or the wrong error thrown");
  };

  it("is said to be the browser's", async () => {
    expect(await refusal(null)).toMatchObject({
      code: "no-webgpu",
      message: expect.stringContaining("browser"),
    });
  });

  it("or a missing adapter", async () => {
    const none = { requestAdapter: async () => null } as unknown as GPU;
    expect(await refusal(none)).toMatchObject({
      code: "no-webgpu",
      message: expect.stringContaining("no GPU"),
    });
  });
});

it("reports its progress from none to all, step by step", async () => {
  const progress: [number, number][] = [];
  const engine = await createWebGpuEngine(small, {
    onProgress: (done, total) => progress.push([done, total]),
  });
  engine.dispose();
  const [, total] = progress[0]!;
  expect(progress).toEqual(Array.from({ length: total + 1 }, (_, done) => [done, total]));
});

it("stops building when the signal fires", async () => {
  const controller = new AbortController();
  const making = createWebGpuEngine(small, {
    signal: controller.signal,
    onProgress: (done) => done === 2 && controller.abort(),
  });
  await expect(making).rejects.toMatchObject({ code: "aborted" });
});

it("drops the result of a frame that was given up while on the GPU", async () => {
  const { gpu, devices } = lesserGpu();
  await using(await createWebGpuEngine(small, { gpu }), async (engine) => {
    const controller = new AbortController();
    const queue = devices[0]!.queue;
    const submit = queue.submit.bind(queue);
    queue.submit = (buffers) => {
      submit(buffers);
      controller.abort();
    };
    const dropped = engine.run(smallFrame(8), { signal: controller.signal });
    const next = engine.run(smallFrame(9));
    await expect(dropped).rejects.toMatchObject({ code: "aborted" });
    await expect(next).resolves.toHaveProperty("logits");
  });
});
