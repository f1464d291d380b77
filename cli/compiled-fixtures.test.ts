import crc32 from "crc-32";
import { describe, expect, test } from "vitest";
import { compile } from "../src/compiler/compile";
import { fixtureInput, goldens, readFixture, storedCodes } from "../src/compiler/testing/fixtures";
import type { RunResult } from "../src/emulator/engine";
import { createReferenceEngine } from "../src/emulator/reference/engine";
import { putsOutActivations } from "../src/graph/dataflow";
import { transpose } from "../src/onnx/tensor";

const golden = goldens();

/**
 * The network with values on rounding boundaries. Its Quant rounds them to even; thresholds, in
 * FINN's dialect and in hardware, round them up.
 */
const TIES = golden.fixtures.find(({ file }) => file === "handmade_ties.onnx")!;
const TIES_UP = golden.fixtures.find(({ file }) => file === "handmade_ties_finn.onnx")!;

/** Runs a fixture's compiled network; the codes are those of its activations, in order, a byte each. */
async function runnerOf({ file, network }: (typeof golden.fixtures)[number]) {
  const { graph } = await compile(readFixture(file), { preprocessing: network === "mnv1" ? "auto" : "none" });
  const engine = await createReferenceEngine(graph);
  const layers = graph.nodes.filter(putsOutActivations).map(({ name }) => name);
  return async (kind: string, seed: number): Promise<RunResult & { codes: Uint8Array[] }> => {
    const input = fixtureInput(golden.networks[network]!, "raw", kind, seed);
    const pixels = input.shape.length === 4 ? transpose(input, [0, 2, 3, 1]) : input;
    const result = await engine.run(Uint8Array.from(pixels.data), { taps: layers });
    const codes = layers.map((layer) =>
      Uint8Array.from(result.taps.get(layer)?.data ?? [], (code) => code & 255),
    );
    return { ...result, codes };
  };
}

const checksums = (codes: readonly Uint8Array[]) => codes.map((bytes) => crc32.buf(bytes) >>> 0);

describe.each(golden.fixtures)("$file, compiled and run on the reference engine", (fixture) => {
  const runner = runnerOf(fixture);

  test.each(fixture.results)(
    "gives the integers of qonnx's executor on $kind $seed",
    async ({ kind, seed }) => {
      const expected = (fixture === TIES ? TIES_UP : fixture).results.find(
        (result) => result.kind === kind && result.seed === seed,
      )!;
      const { codes, logits, top } = await (await runner)(kind, seed);
      expect(checksums(codes)).toEqual(expected.crc32);
      expect(Array.from(logits)).toEqual(expected.logitsInt);
      const best = Array.from(logits.keys()).sort((a, b) => logits[b]! - logits[a]! || a - b);
      expect(top.map(({ index }) => index)).toEqual(best.slice(0, top.length));
    },
  );
});

test("only values on a rounding boundary differ from a Quant that rounds to even, by one step up", async () => {
  const runner = await runnerOf(TIES);
  const network = golden.networks[TIES.network]!;
  const stored = storedCodes(network, TIES);
  for (const [image, [kind, seed]] of network.codesImages.entries()) {
    const { codes } = await runner(kind, seed);
    const [ours, theirs] = [codes[0]!, stored[image]![0]!];
    const differing = Array.from(ours.keys()).filter((i) => ours[i] !== theirs[i]);
    const onBoundary = TIES.results[image]?.near[0]?.[0] ?? 0;
    expect(differing.length).toBeGreaterThan(0);
    expect(differing.length).toBeLessThanOrEqual(onBoundary);
    expect(differing.every((i) => ours[i] === theirs[i]! + 1)).toBe(true);
  }
});
