import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DataType, int, uint } from "../../../graph/datatype";
import { Chain } from "../../testing/chain";
import { Random } from "../../testing/random";
import { randomWeights } from "../../testing/random-layer";
import { mapLayout } from "../layout";
import { planGraph } from "../plan";
import { kernelCall } from ".";
import { laneBlock, pointwiseVariants } from "./mvau";
import type { KernelTraits } from "./traits";

const everything: KernelTraits = { dot4: true, quad: 4 };

interface Layer {
  readonly input: DataType;
  readonly weights: DataType;
  readonly side?: number;
  readonly kernel?: number;
  readonly channels?: number;
}

function kernelsFor({ input, weights, side = 4, kernel = 1, channels = 8 }: Layer, traits = everything) {
  const chain = new Chain("layer", { shape: [1, side, side, channels], datatype: input });
  if (kernel > 1) chain.window([kernel, kernel]);
  chain.mvau(randomWeights(new Random(1), weights, [3, kernel * kernel * channels]), null);
  const [step] = planGraph(chain.flatten().labelSelect(1).graph()).steps;
  return pointwiseVariants.map((variant) => kernelCall(step!, traits, variant).kernel);
}

describe("the kernel of an MVAU", () => {
  it("is the wanted variant on 4-bit pointwise layers", () => {
    expect(kernelsFor({ input: uint(4), weights: int(4) })).toEqual([
      "mvau_dot4",
      "mvau_lanes",
      "mvau_float",
    ]);
  });

  it("is never dot4 for bytes above 127, nor without the instruction", () => {
    expect(kernelsFor({ input: uint(8), weights: int(2) })[0]).not.toBe("mvau_dot4");
    expect(kernelsFor({ input: uint(4), weights: int(4) }, { ...everything, dot4: false })[0]).toBe(
      "mvau_lanes",
    );
  });

  it("is dot4 in place of lanes for signed values and for products that overflow a lane", () => {
    expect(kernelsFor({ input: int(8), weights: int(8) })[1]).toBe("mvau_dot4");
    expect(kernelsFor({ input: uint(7), weights: int(8) })[1]).toBe("mvau_dot4");
  });

  it("is float for windows of bytes", () => {
    expect(new Set(kernelsFor({ input: uint(8), weights: int(8), kernel: 3 }))).toEqual(
      new Set(["mvau_float"]),
    );
  });

  it("is fully_connected for a single vector", () => {
    expect(new Set(kernelsFor({ input: uint(4), weights: int(4), side: 1 }))).toEqual(
      new Set(["fully_connected"]),
    );
  });

  it("is the general one for wide values or weights, and for sums beyond 2^24", () => {
    const general = new Set(["mvau"]);
    expect(new Set(kernelsFor({ input: uint(9), weights: int(4) }))).toEqual(general);
    expect(new Set(kernelsFor({ input: uint(4), weights: int(9) }))).toEqual(general);
    expect(new Set(kernelsFor({ input: uint(8), weights: int(8), side: 1, channels: 3000 }))).toEqual(
      general,
    );
  });
});

describe("laneBlock", () => {
  const layer = fc.record({
    bits: fc.integer({ min: 1, max: 7 }),
    weightBits: fc.integer({ min: 2, max: 8 }),
    neurons: fc.integer({ min: 1, max: 5 }),
    synapses: fc.integer({ min: 1, max: 300 }),
    seed: fc.nat(),
  });

  it("lets no lane overflow, at the worst input, and is as long as can be", () => {
    fc.assert(
      fc.property(layer, ({ bits, weightBits, neurons, synapses, seed }) => {
        const weights = randomWeights(new Random(seed), int(weightBits), [neurons, synapses]);
        const input = mapLayout({ shape: [1, synapses], datatype: uint(bits) });
        const fits = (block: number) =>
          worstSums(weights.data, synapses, block * 4, input.datatype.max).every(
            ([low, high]) => low >= -2048 && high <= 2047,
          );
        const block = laneBlock({ weights, mw: synapses, mh: neurons }, input);
        const longest = Math.min(64, input.words);
        if (block > 0) expect(fits(block)).toBe(true);
        for (let longer = block + 1; longer <= longest; longer++) expect(fits(longer)).toBe(false);
      }),
    );
  });

  it("keeps a whole row of small weights together, up to 64 words", () => {
    const input = mapLayout({ shape: [1, 1000], datatype: uint(1) });
    const weights = randomWeights(new Random(3), int(2), [2, 1000]);
    expect(laneBlock({ weights, mw: 1000, mh: 2 }, input)).toBe(64);
  });
});

/** Least and greatest sum of each block of each row. */
function worstSums(
  weights: ArrayLike<number>,
  synapses: number,
  block: number,
  largest: number,
): [number, number][] {
  const sums: [number, number][] = [];
  for (let row = 0; row < weights.length; row += synapses) {
    for (let begin = 0; begin < synapses; begin += block) {
      let low = 0;
      let high = 0;
      for (let i = begin; i < Math.min(begin + block, synapses); i++) {
        low += Math.min(0, weights[row + i]! * largest);
        high += Math.max(0, weights[row + i]! * largest);
      }
      sums.push([low, high]);
    }
  }
  return sums;
}
