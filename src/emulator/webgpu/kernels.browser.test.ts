import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DataType, int, uint } from "../../graph/datatype";
import { constant } from "../../graph/testing/tiny-graph";
import { createReferenceEngine } from "../reference/engine";
import { Chain, stairs } from "../testing/chain";
import { Random } from "../testing/random";
import { randomWeights, spreadingThresholds } from "../testing/random-layer";
import { createWebGpuEngine, type WebGpuOptions } from "./engine";
import { pointwiseVariants } from "./steps/mvau";
import { lesserGpu } from "./testing/gpu";

interface Layer {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly neurons: number;
  readonly input: DataType;
  readonly weights: DataType;
  /** What its thresholds give; null for a layer that puts out accumulators. */
  readonly output: DataType | null;
  readonly seed: number;
}

const side = fc.integer({ min: 1, max: 9 });
const layer = (input: fc.Arbitrary<DataType>, weights: fc.Arbitrary<DataType>): fc.Arbitrary<Layer> =>
  fc.record({
    height: side,
    width: fc.integer({ min: 2, max: 9 }),
    channels: fc.integer({ min: 1, max: 70 }),
    neurons: fc.integer({ min: 1, max: 70 }),
    input,
    weights,
    output: fc.constantFrom(uint(1), uint(4), uint(4), uint(8), int(3), int(9), null),
    seed: fc.nat(),
  });
const bits = (make: (bits: number) => DataType, min: number, max: number) =>
  fc.integer({ min, max }).map(make);

function start({ height, width, channels, input }: Layer): Chain {
  return new Chain("layer", { shape: [1, height, width, channels], datatype: input });
}

/** Thresholds that spread over the output type's values, if the layer has them. */
function activationOf(
  { output, seed }: Layer,
  random: Random,
  weights: ReturnType<typeof randomWeights>,
  input: DataType,
) {
  if (!output) return null;
  const steps = output.max - output.min;
  return {
    thresholds: spreadingThresholds(random, weights, input, steps, { jitter: seed % 2 }),
    actVal: output.min,
  };
}

/** The layer on the GPU gives the reference's integers. Returns what the engine says of itself. */
async function expectAsReference(
  chain: Chain,
  { input, seed }: Layer,
  options: WebGpuOptions,
  change: (frame: Uint8Array) => Uint8Array = (frame) => frame,
) {
  const graph = chain.flatten().labelSelect(1).graph();
  const taps = graph.nodes.map(({ name }) => name);
  const frame = change(new Random(seed).input(input, graph.input.shape));
  const expected = await (await createReferenceEngine(graph)).run(frame, { taps });
  const engine = await createWebGpuEngine(graph, options);
  try {
    const got = await engine.run(frame, { taps });
    for (const tap of taps) expect(got.taps.get(tap), tap).toEqual(expected.taps.get(tap));
    expect(got.logits).toEqual(expected.logits);
    return engine.info;
  } finally {
    engine.dispose();
  }
}

const gpus = [
  ["swapping in quads", () => lesserGpu().gpu],
  ["without subgroups", () => lesserGpu({ subgroups: false }).gpu],
] as const;

describe.each(gpus)("pointwise layers %s", (_, gpu) => {
  it.each(pointwiseVariants)("%s", async (pointwise) => {
    // Types that every variant takes, so that none stands in for another.
    const wide = layer(bits(uint, 1, 4), bits(int, 2, 5));
    await fc.assert(
      fc.asyncProperty(wide, async (each) => {
        const random = new Random(each.seed);
        const weights = randomWeights(random, each.weights, [each.neurons, each.channels]);
        const chain = start(each);
        chain.mvau(weights, activationOf(each, random, weights, each.input), each.output ?? undefined);
        const info = await expectAsReference(chain, each, { gpu: gpu(), pointwise });
        expect(info.variants).toEqual({ pointwise });
      }),
      { numRuns: 8 },
    );
  });
});

describe.each(gpus)("windows %s", (_, gpu) => {
  const pad = fc.integer({ min: 0, max: 2 });
  const padding = fc.tuple(pad, pad, pad, pad);

  it("depthwise, 3 x 3, stride 1 and 2", async () => {
    const stride = fc.constantFrom(1, 2);
    const any = layer(fc.oneof(bits(uint, 1, 8), bits(int, 2, 8)), bits(int, 2, 8));
    await fc.assert(
      fc.asyncProperty(any, stride, padding, async (each, stride, padding) => {
        const random = new Random(each.seed);
        const weights = randomWeights(random, each.weights, [each.channels, 9]);
        const tall = { ...each, height: each.height + 2, width: each.width + 2 };
        const chain = start(tall)
          .pad(...padding)
          .window([3, 3], { stride: [stride, stride], depthwise: true });
        chain.vvau(
          [3, 3],
          weights,
          activationOf(each, random, weights, each.input),
          each.output ?? undefined,
        );
        await expectAsReference(chain, each, { gpu: gpu() });
      }),
      { numRuns: 10 },
    );
  });

  it("over all channels, bytes of either sign", async () => {
    const any = layer(fc.oneof(bits(uint, 7, 8), bits(int, 2, 8)), bits(int, 2, 8));
    await fc.assert(
      fc.asyncProperty(any, padding, async (each, padding) => {
        const random = new Random(each.seed);
        const channels = (each.channels % 9) + 1;
        const weights = randomWeights(random, each.weights, [each.neurons, 2 * channels]);
        const chain = start({ ...each, channels })
          .pad(...padding)
          .window([1, 2], { stride: [2, 1] });
        chain.mvau(weights, activationOf(each, random, weights, each.input), each.output ?? undefined);
        await expectAsReference(chain, each, { gpu: gpu() });
      }),
      { numRuns: 8 },
    );
  });
});

describe("sums at the limits of what a kernel may hold", () => {
  const limits: Pick<Layer, "seed" | "output"> = { seed: 1, output: null };

  it("lanes: the largest weights of either sign on the largest values", async () => {
    const each = {
      ...limits,
      height: 3,
      width: 5,
      channels: 130,
      neurons: 4,
      input: uint(4),
      weights: int(4),
    };
    const rows = [() => 7, () => -7, (i: number) => (i % 9 < 5 ? 7 : -7), (i: number) => (i < 65 ? -7 : 7)];
    const weights = constant(
      int(4),
      [4, 130],
      rows.flatMap((row) => Array.from({ length: 130 }, (_, i) => row(i))),
    );
    const chain = start(each).mvau(weights, null);
    const info = await expectAsReference(chain, each, { pointwise: "lanes" }, (frame) => frame.fill(15));
    expect(info.variants).toEqual({ pointwise: "lanes" });
  });

  it.each([1, 2])("float, %i pixels: sums and thresholds just below 2^24", async (width) => {
    const synapses = 518; // 518 * 255 * 127 is 1786 short of 2^24
    const most = synapses * 255 * 127;
    const each = {
      ...limits,
      height: 1,
      width,
      channels: synapses,
      neurons: 2,
      input: uint(8),
      weights: int(8),
    };
    const rows = [127, -127].flatMap((weight) => new Array<number>(synapses).fill(weight));
    const steps = stairs([
      [most - 1, most, most + 1],
      [-most - 1, -most, -most + 1],
    ]);
    for (const activation of [null, { ...steps, actVal: 0 }]) {
      const chain = start(each);
      chain.mvau(constant(int(8), [2, synapses], rows), activation, activation ? uint(2) : undefined);
      await expectAsReference(chain, each, { pointwise: "float" }, (frame) => frame.fill(255));
    }
  });
});

it("takes more workgroups than fit one dimension of a dispatch", async () => {
  const side = 2100; // a thread a pixel: 68,907 workgroups of 64
  const each = {
    height: side,
    width: side,
    channels: 1,
    neurons: 1,
    input: uint(4),
    weights: int(2),
    output: null,
    seed: 2,
  };
  const chain = start(each)
    .thresholding(stairs([[3, 7, 12]]), uint(2))
    .window([1, 1], { stride: [side, side] });
  const graph = chain.flatten().labelSelect(1).graph();
  const frame = new Random(2).input(uint(4), graph.input.shape);
  const taps = ["Thresholding_rtl_0"];
  const expected = await (await createReferenceEngine(graph)).run(frame, { taps });
  const engine = await createWebGpuEngine(graph);
  const got = await engine.run(frame, { taps });
  engine.dispose();
  const values = expected.taps.get("Thresholding_rtl_0")?.data;
  expect(got.taps.get("Thresholding_rtl_0")?.data.findIndex((value, i) => value !== values?.[i])).toBe(-1);
});
